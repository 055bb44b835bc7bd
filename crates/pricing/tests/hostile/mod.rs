//! Templates that want to cost more than they may, by their size: the tests hold what is said of
//! each, and `cargo xtask bench` how long that takes.

/// A hostile template.
pub(crate) struct Hostile {
    /// What it tries.
    pub(crate) name: &'static str,
    /// Its text; the number says how large, as a count of what it repeats.
    pub(crate) text: fn(usize) -> String,
    /// How large the measured one is.
    pub(crate) size: usize,
    /// What the refusal says.
    pub(crate) said: &'static str,
}

impl Hostile {
    /// What is said of it; an error when that is something else than expected.
    pub(crate) fn refusal(&self, text: &str) -> Result<String, String> {
        let said = said(text);
        let fits = said.contains(self.said) && said.len() < 1_000;
        if fits { Ok(said) } else { Err(said) }
    }
}

fn template(fields: &str) -> String {
    format!(r#"{{"format":1,"key":"t","name":"T","currency":"EUR",{fields}}}"#)
}

/// `item(0),item(1),…`
fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    items.join(",")
}

fn line(price: &str) -> String {
    template(&format!(
        r#""lines":[{{"key":"a","name":"A","price":"{price}"}}]"#
    ))
}

fn parameter(index: usize) -> String {
    format!(r#"{{"key":"p{index}","kind":"yes-no","name":"P"}}"#)
}

/// All of them.
pub(crate) const ALL: &[Hostile] = &[
    Hostile {
        name: "lists in lists",
        text: |size| "[".repeat(size),
        size: 50_000_000,
        said: "at most 64 levels of nesting",
    },
    Hostile {
        name: "objects in objects, where a field is expected",
        text: |size| template(&format!("\"lines\":{}", "{\"a\":".repeat(size))),
        size: 10_000_000,
        said: "at most 64 levels of nesting",
    },
    Hostile {
        name: "a text of 50 MB as a name",
        text: |size| {
            template(r#""lines":[]"#).replace("\"T\"", &format!("\"{}\"", "я".repeat(size / 2)))
        },
        size: 50_000_000,
        said: "/name: expected at most 20000 bytes of a text, found",
    },
    Hostile {
        name: "a text of 50 MB of escapes",
        text: |size| template(&format!(r#""weight":"{}""#, r"\u0061".repeat(size / 6))),
        size: 50_000_000,
        said: "/weight: expected at most 20000 bytes of a text",
    },
    Hostile {
        name: "a text of 50 MB that never ends",
        text: |size| format!("{{\"key\":\"{}", "a".repeat(size)),
        size: 50_000_000,
        said: "expected a closing quote, found the end of the text",
    },
    Hostile {
        name: "a field whose name has 50 MB",
        text: |size| template(&format!(r#""{}":1"#, "a".repeat(size))),
        size: 50_000_000,
        said: "expected at most 20000 bytes of a text, found",
    },
    Hostile {
        name: "a number of many digits",
        text: |size| template(&format!(r#""weight":{}"#, "9".repeat(size))),
        size: 50_000_000,
        said: "/weight: expected an expression, found the number 999",
    },
    Hostile {
        name: "a number with a huge exponent",
        text: |size| template(&format!(r#""weight":1e{}"#, "9".repeat(size))),
        size: 50_000_000,
        said: "/weight: expected an expression, found the number 1e999",
    },
    Hostile {
        name: "one field many times",
        text: |size| format!("{{{}}}", many(size, |_| r#""key":1"#.to_owned())),
        size: 2_000_000,
        said: "expected each key once, found `key` again",
    },
    Hostile {
        name: "many fields nobody knows",
        text: |size| format!("{{{}}}", many(size, |index| format!(r#""f{index}":1"#))),
        size: 1_000_000,
        said: "expected one of the fields format, key,",
    },
    Hostile {
        name: "a million parameters",
        text: |size| template(&format!("\"parameters\":[{}]", many(size, parameter))),
        size: 1_000_000,
        said: "/parameters: expected at most 5000 parameters, found",
    },
    Hostile {
        name: "a million lines",
        text: |size| template(&format!("\"lines\":[{}]", many(size, |_| "{}".to_owned()))),
        size: 1_000_000,
        said: "/lines: expected at most 2000 lines, found",
    },
    Hostile {
        name: "a million named values",
        text: |size| template(&format!("\"values\":[{}]", many(size, |_| "{}".to_owned()))),
        size: 1_000_000,
        said: "/values: expected at most 5000 values, found",
    },
    Hostile {
        name: "a choice of a million values",
        text: |size| {
            let values = many(size, |index| format!(r#"{{"key":"{index}","label":"L"}}"#));
            template(&format!(
                r#""parameters":[{{"key":"p","kind":"choice","name":"P","values":[{values}]}}]"#
            ))
        },
        size: 1_000_000,
        said: "expected at most 50000 values of choices, found",
    },
    Hostile {
        name: "five million cells",
        text: |size| {
            let cells = "1,".repeat(size);
            template(&format!(
                r#""tables":[{{"key":"t","axes":[{{"key":"a","numbers":[1]}}],"cells":[{cells}1]}}]"#
            ))
        },
        size: 5_000_000,
        said: "expected a list of 1 for the axis `a`, found a list of",
    },
    Hostile {
        name: "sixteen axes whose combinations nobody can count",
        text: |size| {
            let keys = many(size, |index| format!(r#""{index}""#));
            let axes = many(16, |index| {
                format!(r#"{{"key":"a{index}","keys":[{keys}]}}"#)
            });
            template(&format!(
                r#""tables":[{{"key":"t","axes":[{axes}],"rows":[[1]]}}]"#
            ))
        },
        size: 60_000,
        said: "/tables/0/rows: expected axes of fewer combinations",
    },
    Hostile {
        name: "an expression of 50 MB",
        text: |size| line(&"1+".repeat(size / 2)),
        size: 50_000_000,
        said: "/lines/0/price: expected at most 20000 bytes of a text",
    },
    Hostile {
        name: "lines of the longest expressions, all brackets",
        text: |size| {
            let price = "(".repeat(4_000);
            let line = |index| format!(r#"{{"key":"l{index}","name":"L","price":"{price}"}}"#);
            template(&format!("\"lines\":[{}]", many(size, line)))
        },
        size: 2_000,
        said: "column 65: expected at most 64 levels of nesting",
    },
    Hostile {
        name: "lines of the longest expressions, all minus signs",
        text: |size| {
            let price = "-".repeat(4_000);
            let line = |index| format!(r#"{{"key":"l{index}","name":"L","price":"{price}"}}"#);
            template(&format!("\"lines\":[{}]", many(size, line)))
        },
        size: 2_000,
        said: "expected at most 64 levels of nesting",
    },
    Hostile {
        name: "values in a circle",
        text: |size| {
            let value = |index: usize| {
                format!(r#"{{"key":"v{index}","is":"v{} + 1"}}"#, (index + 1) % size)
            };
            template(&format!("\"values\":[{}]", many(size, value)))
        },
        size: 5_000,
        said: "expected rules without a circle, found v0 → v1 → v2",
    },
    Hostile {
        name: "values that double, each reading the one before five hundred times",
        text: |size| {
            let value = |index: usize| match index {
                0 => r#"{"key":"v0","is":"1"}"#.to_owned(),
                _ => format!(
                    r#"{{"key":"v{index}","is":"{}"}}"#,
                    vec![format!("v{}", index - 1); 500].join("+")
                ),
            };
            let last = format!("v{}", size - 1);
            template(&format!(
                r#""values":[{}],"lines":[{{"key":"a","name":"A","price":"{last}"}}]"#,
                many(size, value)
            ))
        },
        size: 5_000,
        said: "expected what can be worked out, found `out_of_range` whatever is answered",
    },
    Hostile {
        name: "expressions that compare with every value of a choice",
        text: |size| {
            let values = many(size, |index| {
                format!(r#"{{"key":"{index}","label":"L","numbers":{{"n":1}}}}"#)
            });
            let line = |index| {
                format!(
                    r#"{{"key":"l{index}","name":"L","price":"{}0"}}"#,
                    "p.n+".repeat(900)
                )
            };
            template(&format!(
                r#""parameters":[{{"key":"p","kind":"choice","name":"P","values":[{values}]}}],"lines":[{}]"#,
                many(2_000, line)
            ))
        },
        size: 25_000,
        said: "expected at most 2000000 values of choices matched by expressions",
    },
    Hostile {
        name: "sums over details of sums over details",
        text: |size| {
            let value = |index: usize| {
                let before = match index {
                    0 => "1".to_owned(),
                    _ => format!("sum(block, w{})", index - 1),
                };
                format!(r#"{{"key":"w{index}","is":"{before}"}}"#)
            };
            template(&format!(
                r#""details":[{{"key":"block","name":"B","repeat":{{"max":50}},"values":[{}]}}]"#,
                many(size, value)
            ))
        },
        size: 5_000,
        said: "expected at most 5000 values, found",
    },
    Hostile {
        name: "powers of powers",
        text: |size| line(&format!("{}9", "9^".repeat(size))),
        size: 60,
        said: "expected what can be worked out, found `out_of_range` whatever is answered",
    },
    Hostile {
        name: "a power with a huge exponent",
        text: |_| line("1.0000001 ^ 999999999"),
        size: 1,
        said: "expected what can be worked out, found `out_of_range` whatever is answered",
    },
    Hostile {
        name: "a calendar of a million holidays",
        text: |size| {
            template(&format!(
                r#""calendar":{{"holidays":[{}]}}"#,
                many(size, |_| r#""2027-01-01""#.to_owned())
            ))
        },
        size: 1_000_000,
        said: "expected at most 5000 days of a calendar, found",
    },
    Hostile {
        name: "a day in the year 9999 after ten million working days",
        text: |_| line("add_working_days(date('9999-12-30'), 9999999999)"),
        size: 1,
        said: "expected what can be worked out, found `out_of_range` whatever is answered",
    },
];

/// Why a template is refused.
fn said(text: &str) -> String {
    match tirage_pricing::Template::parse(text) {
        Err(error) => error.to_string(),
        Ok(_) => "nothing".to_owned(),
    }
}
