//! One declaration per wire type: the struct, its JSON writer and its JSON reader.
//!
//! A field is `required` or `optional` (absent when there is none, never `null`). A `strict`
//! record refuses fields it does not know, because a client that misspells one must hear of it;
//! an `open` record passes them over, so that an older client can read a newer answer.

/// The field's name on the wire: Rust's raw identifiers lose their mark.
pub(crate) fn wire_name(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

macro_rules! record {
    (
        $mode:ident
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* $presence:ident $field:ident: $type:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: record!(@type $presence $type), )*
        }

        impl tirage_pricing::json::ToJson for $name {
            fn to_json(&self) -> tirage_pricing::json::Json {
                let fields = [$( record!(@write $presence self.$field, $field) ),*];
                tirage_pricing::json::Json::Object(fields.into_iter().flatten().collect())
            }
        }

        impl tirage_pricing::json::FromJson for $name {
            fn from_json(
                node: &tirage_pricing::json::Node<'_, '_>,
            ) -> Result<Self, tirage_pricing::json::JsonError> {
                record!(@known $mode node $($field)*);
                Ok(Self { $( $field: record!(@read $presence node, $field, $type), )* })
            }
        }
    };

    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };

    (@write required $value:expr, $field:ident) => {
        Some((
            $crate::record::wire_name(stringify!($field)).to_owned(),
            tirage_pricing::json::ToJson::to_json(&$value),
        ))
    };
    (@write optional $value:expr, $field:ident) => {
        $value.as_ref().map(|value| {
            (
                $crate::record::wire_name(stringify!($field)).to_owned(),
                tirage_pricing::json::ToJson::to_json(value),
            )
        })
    };

    (@read required $node:ident, $field:ident, $type:ty) => {
        <$type as tirage_pricing::json::FromJson>::from_json(&$node.field($crate::record::wire_name(stringify!($field)))?)?
    };
    (@read optional $node:ident, $field:ident, $type:ty) => {
        match $node.optional($crate::record::wire_name(stringify!($field)))? {
            Some(value) => Some(<$type as tirage_pricing::json::FromJson>::from_json(&value)?),
            None => None,
        }
    };

    (@known strict $node:ident $($field:ident)*) => {
        $node.only(&[$($crate::record::wire_name(stringify!($field))),*])?
    };
    (@known open $node:ident $($field:ident)*) => {};
}

/// An enumeration whose values are fixed words on the wire.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }

            /// The value of a word.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl tirage_pricing::json::ToJson for $name {
            fn to_json(&self) -> tirage_pricing::json::Json {
                tirage_pricing::json::Json::text(self.as_str())
            }
        }

        impl tirage_pricing::json::FromJson for $name {
            fn from_json(
                node: &tirage_pricing::json::Node<'_, '_>,
            ) -> Result<Self, tirage_pricing::json::JsonError> {
                Self::from_name(node.text()?).ok_or_else(|| {
                    let words: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    node.error(format!("one of {}", words.join(", ")))
                })
            }
        }
    };
}
