//! The development page of `trunk serve`: mounts the elements of `index.html` without the loader.

fn main() {
    #[cfg(all(target_arch = "wasm32", not(feature = "split")))]
    tirage::embed::mount_page();
}
