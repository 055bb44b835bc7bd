//! The development page of `trunk serve`: mounts the elements of `index.html` without the loader.

fn main() {
    #[cfg(target_arch = "wasm32")]
    tirage::embed::mount_page();
}
