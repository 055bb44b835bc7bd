#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

#[macro_use]
mod record;

pub mod admin;
pub mod calculator;
pub mod cart;
pub mod category;
pub mod embed;
pub mod forward;
pub mod options;
pub mod order;
pub mod problem;
pub mod quote;

#[cfg(test)]
mod tests {
    use tirage_pricing::json::{FromJson, Json, Node, ToJson};

    use crate::cart::{Cart, Customer};
    use crate::problem::{Problem, ProblemCode};

    const CUSTOMER: &str =
        r#"{"kind":"person","name":"Анна","phone":"+79990000000","email":"a@example.com"}"#;

    fn read<T: FromJson>(text: &str) -> Result<T, String> {
        let json = Json::parse(text).map_err(|error| error.to_string())?;
        T::from_json(&Node::root(&json)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_record_writes_what_it_read_and_leaves_out_what_is_not_there() {
        let customer: Customer = read(CUSTOMER).unwrap();
        assert_eq!(customer.organisation, None);
        assert_eq!(customer.to_json().to_string(), CUSTOMER);
    }

    #[test]
    fn a_request_with_a_misspelt_field_is_refused_by_name() {
        let error = read::<Customer>(r#"{"kind":"person","nane":"Анна"}"#).unwrap_err();
        assert_eq!(
            error,
            "/nane: expected one of the fields kind, name, organisation, phone, email, \
             found the unknown field `nane`"
        );
    }

    #[test]
    fn a_word_outside_the_list_is_refused_with_the_list() {
        let text = CUSTOMER.replace("person", "robot");
        let error = read::<Customer>(&text).unwrap_err();
        assert_eq!(
            error,
            "/kind: expected one of person, organisation, found the text \"robot\""
        );
    }

    #[test]
    fn a_mistake_deep_in_a_cart_names_its_place() {
        let line = r#"{"product":"cards","template":"00","answers":{"run":{}},"total":"1"}"#;
        let text =
            format!(r#"{{"customer":{CUSTOMER},"locale":"ru","lines":[{line}],"total":"1"}}"#);
        let error = read::<Cart>(&text).unwrap_err();
        assert!(
            error.starts_with("/lines/0/answers/run: expected "),
            "{error}"
        );
    }

    #[test]
    fn an_answer_may_grow_fields_that_an_older_client_passes_over() {
        let text = r#"{"type":"urn:tirage:problem:not_found","title":"t","status":404,"code":"not_found","detail":"d","new":1}"#;
        let problem: Problem = read(text).unwrap();
        assert_eq!(problem.code, ProblemCode::NotFound);
        assert_eq!(
            problem.to_json().to_string(),
            text.replace(",\"new\":1", "")
        );
    }

    #[test]
    fn every_problem_code_has_a_word_of_its_own() {
        let mut words: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ProblemCode::ALL.len());
    }
}
