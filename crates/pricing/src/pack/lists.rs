//! `packed!`: the fields of types, listed once for the writer and the reader.

/// Gives structs and enums a compiled form by listing their fields in the order of the bytes.
///
/// A field has the form of its type, or another one that `as` names: a bare `usize` has none, so
/// every index says what it is held to. To add a field or a variant is to add its name.
/// Behind a semicolon stands what is shown and never priced, which comes after all else.
/// An enum without fields is `words`, in the order of its declaration.
/// The first variant of an enum must not contain the enum again: it is what stands there before
/// anything is read, and what a mistake reads as.
macro_rules! packed {
    (@struct $name:ident {
        $($field:ident $(as $form:ident)?),* $(,)?
        $(; $($shown:ident $(as $shown_form:ident)?),* $(,)?)?
    }) => {
        impl Pack for $name {
            const EMPTY: Self = Self {
                $($field: packed!(@empty $($form)?),)*
                $($($shown: packed!(@empty $($shown_form)?),)*)?
            };

            fn pack(&self, into: &mut Packer) {
                $(packed!(@pack into, &self.$field $(, $form)?);)*
            }

            #[inline(never)]
            fn fill(&mut self, from: &mut Unpacker<'_>) {
                $(packed!(@fill from, &mut self.$field $(, $form)?);)*
            }

            fn pack_shown(&self, into: &mut Packer) {
                $(packed!(@pack_shown into, &self.$field $(, $form)?);)*
                $($(packed!(@pack into, &self.$shown $(, $shown_form)?);)*)?
            }

            fn fill_shown(&mut self, from: &mut Unpacker<'_>) {
                $(packed!(@fill_shown from, &mut self.$field $(, $form)?);)*
                $($(packed!(@fill from, &mut self.$shown $(, $shown_form)?);)*)?
            }
        }
    };
    (@enum $name:ident {
        $first:ident $(( $($item:ident $(as $form:ident)?),* ))? $(, $($rest:tt)*)?
    }) => {
        packed!(@variants $name ($name::$first $(( $(packed!(@empty_item $item $($form)?)),* ))?) {
            $first $(( $($item $(as $form)?),* ))? $(, $($rest)*)?
        });
    };
    (@words $name:ident { $first:ident $(, $variant:ident)* $(,)? }) => {
        impl Pack for $name {
            const EMPTY: Self = Self::$first;

            fn pack(&self, into: &mut Packer) {
                into.byte(*self as u8);
            }

            fn fill(&mut self, from: &mut Unpacker<'_>) {
                *self = from.one_of(&[Self::$first $(, Self::$variant)*]);
            }
        }
    };
    (@variants $name:ident ($empty:expr) { $(
        $variant:ident $(( $($item:ident $(as $form:ident)?),* ))?
    ),* $(,)? }) => {
        const _: () = {
            enum Tag { $($variant),* }

            impl Pack for $name {
                const EMPTY: Self = $empty;

                fn pack(&self, into: &mut Packer) {
                    match self { $(
                        Self::$variant $(( $($item),* ))? => {
                            into.byte(Tag::$variant as u8);
                            $($(packed!(@pack into, $item $(, $form)?);)*)?
                        }
                    )* }
                }

                #[inline(never)]
                fn fill(&mut self, from: &mut Unpacker<'_>) {
                    let tag = from.byte();
                    $(if tag == Tag::$variant as u8 {
                        put(self, const {
                            Self::$variant $(( $(packed!(@empty_item $item $($form)?)),* ))?
                        });
                        $(if let Self::$variant($($item),*) = self {
                            $(packed!(@fill from, $item $(, $form)?);)*
                        })?
                        return;
                    })*
                    from.refuse();
                }

                fn pack_shown(&self, into: &mut Packer) {
                    match self { $(
                        Self::$variant $(( $($item),* ))? => {
                            $($(packed!(@pack_shown into, $item $(, $form)?);)*)?
                        }
                    )* }
                    let _none_of_these = into;
                }

                fn fill_shown(&mut self, from: &mut Unpacker<'_>) {
                    match self { $(
                        Self::$variant $(( $($item),* ))? => {
                            $($(packed!(@fill_shown from, $item $(, $form)?);)*)?
                        }
                    )* }
                    let _none_of_these = from;
                }
            }
        };
    };
    (@empty) => { Pack::EMPTY };
    (@empty $form:ident) => { <$form as PackAs<_>>::EMPTY };
    (@empty_item $item:ident $($form:ident)?) => { packed!(@empty $($form)?) };
    (@$method:ident $with:ident, $value:expr) => { Pack::$method($value, $with) };
    (@$method:ident $with:ident, $value:expr, $form:ident) => {
        <$form as PackAs<_>>::$method($value, $with)
    };
    ($($kind:ident $name:ident { $($body:tt)* })*) => {
        $(packed!(@$kind $name { $($body)* });)*

        /// What these lists are, as a number.
        pub(super) const SHAPE: u32 = super::checksum(
            concat!($(stringify!($kind $name { $($body)* })),*).as_bytes()
        );
    };
}
