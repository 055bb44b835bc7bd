//! Any text as an expression, in a template that has something of every type to name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tirage_pricing::json::Json;
use tirage_pricing::{Answers, Template};

const BEFORE: &str = r#"{"format":1,"key":"t","name":"T","currency":"EUR","parameters":[
    {"key":"run","kind":"run","name":"R","max":100000,"default":10},
    {"key":"size","kind":"size","name":"S","default":"a4","values":[{"key":"a4","label":"A4","width":210,"height":297}],
     "free":{"width":{"min":1,"max":1000},"height":{"min":1,"max":1000}}},
    {"key":"paper","kind":"choice","name":"P","default":"x","values":[
      {"key":"x","label":"X","numbers":{"n":2}},{"key":"y","label":"Y","numbers":{"n":0}}]},
    {"key":"many","kind":"choice","many":true,"name":"M","values":[{"key":"x","label":"X"}]},
    {"key":"flag","kind":"yes-no","name":"F"},{"key":"note","kind":"text","name":"N","default":"ab c"},
    {"key":"day","kind":"date","name":"D","default":"2027-03-01"}],
  "details":[{"key":"block","name":"B","repeat":{"max":3},"parameters":[{"key":"pages","kind":"pages","name":"P","max":99,"default":8}]}],
  "tables":[{"key":"table","axes":[{"key":"run","ranges":[[1,50],[60,null]]},{"key":"paper","keys":["x","y"]}],"cells":[[1,2],[3,null]]}],
  "lines":[{"key":"one","name":"O","price":"1.25","times":"run"},{"key":"two","name":"T","price":"#;

fuzz_target!(|text: &str| {
    let template = [BEFORE, &Json::text(text).to_string(), "}]}"].concat();
    if let Ok(template) = Template::parse(&template) {
        let answers = Answers::new();
        tirage_fuzz::exercise(&template, &answers);
        tirage_fuzz::same_when_packed(&template, &answers);
    }
});
