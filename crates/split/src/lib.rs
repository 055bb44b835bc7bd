//! Declares what of a WebAssembly module is a chunk of its own, loaded when it is first needed.
//!
//! ```text
//! chunk! {
//!     /// Carts and orders.
//!     pub(crate) struct Cart in "cart";
//!     /// Shows the cart.
//!     1: fn show_cart(mounted: &Rc<Mounted>) = cart::show;
//! }
//! ```
//!
//! `Cart::show_cart` calls `cart::show`, and the build (`xtask/src/web/split.rs`) moves that
//! function, with everything that only chunks reach, into a file of its own. Calling what is not
//! loaded would end the module, so the functions are methods of a value that only the module with
//! the declaration can make: it does so when the file is there.
//!
//! The package of the declaration has a feature `split`. Without it these are plain calls and
//! there is one file, as for a build by any other tool.
//!
//! This is the one place of the workspace that writes `unsafe`: an import and an export under the
//! names that the splitter looks for are what it finds a chunk's entries by, and a name for the
//! linker counts as unsafe. Nothing is unsound about them: the compiler sees both sides of each
//! call with the same types, and the splitter joins the two or fails.

/// Declares a chunk: a type, the name of its file, and its entries, each with a number of its own
/// (one hexadecimal digit), the types of its arguments and the function that is called.
#[macro_export]
macro_rules! chunk {
    (
        $(#[$about_chunk:meta])*
        $visible:vis struct $chunk:ident in $name:literal;
        $(
            $(#[$about:meta])*
            $number:literal: fn $entry:ident($($argument:ident: $kind:ty),*) $(-> $answer:ty)?
                = $called:path;
        )*
    ) => {
        $(#[$about_chunk])*
        #[derive(Debug, Clone, Copy)]
        $visible struct $chunk(());

        impl $chunk {
            /// What the loader knows the chunk by.
            const NAME: &'static str = $name;

            $(
                $(#[$about])*
                $visible fn $entry(self, $($argument: $kind),*) $(-> $answer)? {
                    #[cfg(not(feature = "split"))]
                    {
                        $called($($argument),*)
                    }
                    #[cfg(feature = "split")]
                    {
                        #[link(wasm_import_module = "__wasm_split_placeholder__")]
                        #[allow(improper_ctypes, reason = "both sides are of one compilation")]
                        unsafe extern "C" {
                            #[link_name = $crate::linked_name!($name, "import", $number)]
                            safe fn inside($($argument: $kind),*) $(-> $answer)?;
                        }
                        #[unsafe(export_name = $crate::linked_name!($name, "export", $number))]
                        #[allow(
                            improper_ctypes_definitions,
                            reason = "both sides are of one compilation"
                        )]
                        extern "C" fn outside($($argument: $kind),*) $(-> $answer)? {
                            $called($($argument),*)
                        }
                        inside($($argument),*)
                    }
                }
            )*
        }
    };
}

/// The name under which the splitter finds one side of an entry.
#[doc(hidden)]
#[macro_export]
macro_rules! linked_name {
    ($name:literal, $side:literal, $number:literal) => {
        concat!(
            "__wasm_split_00",
            $name,
            "00_",
            $side,
            "_0000000000000000000000000000000",
            $number
        )
    };
}
