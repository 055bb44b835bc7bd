//! Tokens to a tree, by recursive descent: one function per precedence.
//!
//! From loosest to tightest: `if`, `or`, `and`, `not`, comparisons and `in`, `+ -`, `* / %`,
//! unary `-`, `^`, then names, calls, look-ups and parentheses.

use super::Mistake;
use super::syntax::{Expr, Form};
use super::token::{Lexeme, Token, tokens};
use super::typed::{Arithmetic, Comparison};

/// How deep parentheses, conditions, powers and signs may nest.
pub(crate) const MAX_NESTING: usize = 64;

/// Words that cannot name a parameter or a value.
pub(crate) const RESERVED: [&str; 9] = [
    "and", "else", "false", "if", "in", "not", "or", "then", "true",
];

/// Reads a whole text as one expression.
pub(crate) fn parse(text: &str) -> Result<Expr, Mistake> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        nesting: 0,
        mistake: None,
    };
    let expr = parser.expression();
    if parser.peek() != Lexeme::End {
        parser.refuse("an operator or the end of the expression");
    }
    parser.mistake.map_or(Ok(expr), Err)
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    nesting: usize,
    /// The first mistake; from there on only the end is seen, so that parsing soon comes back.
    mistake: Option<Mistake>,
}

impl<'a> Parser<'a> {
    fn token(&self) -> Token<'a> {
        let end = Token {
            lexeme: Lexeme::End,
            column: 1,
        };
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .copied()
            .unwrap_or(end)
    }

    fn peek(&self) -> Lexeme<'a> {
        self.token().lexeme
    }

    fn eat_sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Lexeme::Sign(found) if found == sign);
        self.at += usize::from(there);
        there
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Lexeme::Word(found) if found == word);
        self.at += usize::from(there);
        there
    }

    fn need_word(&mut self, word: &str) {
        if !self.eat_word(word) {
            self.refuse(&format!("`{word}`"));
        }
    }

    #[cold]
    #[inline(never)]
    fn refuse(&mut self, expected: &str) -> Expr {
        if self.mistake.is_none() {
            let token = self.token();
            let found = token.lexeme.describe();
            self.mistake = Some(Mistake::new(token.column, expected, &found));
        }
        self.at = self.tokens.len();
        Expr::default()
    }

    /// Everything recursive passes through here, so nesting is bounded in one place.
    fn nested(&mut self, parse: fn(&mut Self) -> Expr) -> Expr {
        if self.nesting >= MAX_NESTING {
            return self.refuse(&format!("at most {MAX_NESTING} levels of nesting"));
        }
        self.nesting += 1;
        let parsed = parse(self);
        self.nesting -= 1;
        parsed
    }

    fn expression(&mut self) -> Expr {
        self.nested(|parser| {
            let column = parser.token().column;
            if !parser.eat_word("if") {
                return parser.any();
            }
            let condition = parser.expression();
            parser.need_word("then");
            let then = parser.expression();
            parser.need_word("else");
            let otherwise = parser.expression();
            Expr {
                column,
                form: Form::If(Box::new((condition, then, otherwise))),
            }
        })
    }

    fn any(&mut self) -> Expr {
        self.joined("or", Self::all, Form::Any)
    }

    fn all(&mut self) -> Expr {
        self.joined("and", Self::negation, Form::All)
    }

    fn joined(
        &mut self,
        word: &str,
        operand: fn(&mut Self) -> Expr,
        form: fn(Vec<Expr>) -> Form,
    ) -> Expr {
        let first = operand(self);
        if !matches!(self.peek(), Lexeme::Word(found) if found == word) {
            return first;
        }
        let column = first.column;
        let mut operands = vec![first];
        while self.eat_word(word) {
            operands.push(operand(self));
        }
        Expr {
            column,
            form: form(operands),
        }
    }

    fn negation(&mut self) -> Expr {
        let column = self.token().column;
        if !self.eat_word("not") {
            return self.comparison();
        }
        let inner = self.nested(Self::negation);
        Expr {
            column,
            form: Form::Not(Box::new(inner)),
        }
    }

    fn comparison(&mut self) -> Expr {
        let left = self.sum();
        let column = left.column;
        let form = if let Some(comparison) = self.comparison_sign() {
            let right = self.sum();
            if self.comparison_sign().is_some() {
                self.at -= 1;
                return self.refuse("`and` between two comparisons");
            }
            Form::Compare(comparison, Box::new((left, right)))
        } else if self.eat_word("in") {
            if self.eat_sign("(") {
                Form::Among(Box::new(left), self.list(")"))
            } else {
                Form::Within(Box::new(left), Box::new(self.primary()))
            }
        } else {
            return left;
        };
        Expr { column, form }
    }

    fn comparison_sign(&mut self) -> Option<Comparison> {
        let comparison = match self.peek() {
            Lexeme::Sign(sign) => Comparison::from_sign(sign)?,
            _ => return None,
        };
        self.at += 1;
        Some(comparison)
    }

    fn sum(&mut self) -> Expr {
        self.chain(&[Arithmetic::Add, Arithmetic::Subtract], Self::product)
    }

    fn product(&mut self) -> Expr {
        let operators = [
            Arithmetic::Multiply,
            Arithmetic::Divide,
            Arithmetic::Remainder,
        ];
        self.chain(&operators, Self::signed)
    }

    fn chain(&mut self, operators: &[Arithmetic], operand: fn(&mut Self) -> Expr) -> Expr {
        let first = operand(self);
        let mut rest = Vec::new();
        while let Some(operator) = operators
            .iter()
            .find(|operator| self.eat_sign(operator.sign()))
        {
            rest.push((*operator, operand(self)));
        }
        if rest.is_empty() {
            return first;
        }
        Expr {
            column: first.column,
            form: Form::Chain(Box::new(first), rest),
        }
    }

    fn signed(&mut self) -> Expr {
        let column = self.token().column;
        if !self.eat_sign("-") {
            return self.power();
        }
        let inner = self.nested(Self::signed);
        Expr {
            column,
            form: Form::Negate(Box::new(inner)),
        }
    }

    fn power(&mut self) -> Expr {
        let base = self.primary();
        if !self.eat_sign("^") {
            return base;
        }
        let exponent = self.nested(Self::signed);
        Expr {
            column: base.column,
            form: Form::Power(Box::new(base), Box::new(exponent)),
        }
    }

    fn primary(&mut self) -> Expr {
        let Token { lexeme, column } = self.token();
        let form = match lexeme {
            Lexeme::Number(number) => Form::Number(number),
            Lexeme::Text(text) => Form::Text(text.to_owned()),
            Lexeme::Word("true") => Form::Flag(true),
            Lexeme::Word("false") => Form::Flag(false),
            Lexeme::Word(word) if !RESERVED.contains(&word) => {
                self.at += 1;
                return self.named(word, column);
            }
            Lexeme::Sign("(") => {
                self.at += 1;
                let inner = self.expression();
                if !self.eat_sign(")") {
                    return self.refuse("`)`");
                }
                return inner;
            }
            _ => return self.refuse("a name, a number, a text in quotes or `(`"),
        };
        self.at += 1;
        Expr { column, form }
    }

    fn named(&mut self, word: &str, column: usize) -> Expr {
        let name = word.to_owned();
        let form = if self.eat_sign("(") {
            Form::Call(name, self.list(")"))
        } else if self.eat_sign("[") {
            Form::Lookup(name, self.list("]"))
        } else {
            Form::Name(name)
        };
        Expr { column, form }
    }

    /// The rest of a list whose opening sign has been read.
    fn list(&mut self, close: &str) -> Vec<Expr> {
        if self.eat_sign(close) {
            return Vec::new();
        }
        let mut items = vec![self.expression()];
        while self.eat_sign(",") {
            items.push(self.expression());
        }
        if !self.eat_sign(close) {
            self.refuse(&format!("`,` or `{close}`"));
        }
        items
    }
}
