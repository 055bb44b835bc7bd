//! `packed!`: the fields of types, listed once for the writer and the reader.

/// Gives structs and enums a compiled form by listing their fields in the order of the bytes.
///
/// A field has the form of its type, or another one that `as` names: a bare `usize` has none, so
/// every index says what it is held to. To add a field or a variant is to add its name.
/// The first variant of an enum must not contain the enum again: it is what a mistake reads as.
macro_rules! packed {
    (@struct $name:ident { $($field:ident $(as $form:ident)?),* $(,)? }) => {
        impl Pack for $name {
            fn pack(&self, into: &mut Packer) {
                $(packed!(@put into, &self.$field $(, $form)?);)*
            }

            fn unpack(from: &mut Unpacker<'_>) -> Self {
                Self { $($field: packed!(@take from $(, $form)?)),* }
            }
        }
    };
    (@enum $name:ident { $(
        $variant:ident
        $(( $($item:ident $(as $item_form:ident)?),* ))?
        $({ $($field:ident $(as $form:ident)?),* $(,)? })?
    ),* $(,)? }) => {
        const _: () = {
            enum Tag { $($variant),* }

            impl Pack for $name {
                fn pack(&self, into: &mut Packer) {
                    match self { $(
                        Self::$variant $(( $($item),* ))? $({ $($field),* })? => {
                            into.byte(Tag::$variant as u8);
                            $($(packed!(@put into, $item $(, $item_form)?);)*)?
                            $($(packed!(@put into, $field $(, $form)?);)*)?
                        }
                    )* }
                }

                fn unpack(from: &mut Unpacker<'_>) -> Self {
                    let tag = from.byte();
                    $(if tag == Tag::$variant as u8 {
                        return Self::$variant
                            $(( $(packed!(@take_item $item from $(, $item_form)?)),* ))?
                            $({ $($field: packed!(@take from $(, $form)?)),* })?;
                    })*
                    from.refuse();
                    Self::unpack(from)
                }
            }
        };
    };
    (@put $into:ident, $value:expr) => { Pack::pack($value, $into) };
    (@put $into:ident, $value:expr, $form:ident) => { <$form as PackAs<_>>::pack($value, $into) };
    (@take $from:ident) => { Pack::unpack($from) };
    (@take $from:ident, $form:ident) => { <$form as PackAs<_>>::unpack($from) };
    (@take_item $item:ident $($rest:tt)*) => { packed!(@take $($rest)*) };
    ($($kind:ident $name:ident { $($body:tt)* })*) => {
        $(packed!(@$kind $name { $($body)* });)*

        /// What these lists are, as a number.
        pub(super) const SHAPE: u32 = super::checksum(
            concat!($(stringify!($kind $name { $($body)* })),*).as_bytes()
        );
    };
}
