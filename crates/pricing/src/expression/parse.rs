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
pub(crate) fn parse(text: &str) -> Result<Expr, Box<Mistake>> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        nesting: 0,
    };
    let expr = parser.expression()?;
    match parser.peek() {
        Lexeme::End => Ok(expr),
        _ => Err(parser.mistake("an operator or the end of the expression")),
    }
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    nesting: usize,
}

type Parsed = Result<Expr, Box<Mistake>>;

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

    fn need_word(&mut self, word: &str) -> Result<(), Box<Mistake>> {
        if self.eat_word(word) {
            Ok(())
        } else {
            Err(self.mistake(format!("`{word}`")))
        }
    }

    #[cold]
    #[inline(never)]
    fn mistake(&self, expected: impl Into<String>) -> Box<Mistake> {
        let token = self.token();
        Mistake::new(token.column, expected, token.lexeme.describe())
    }

    /// Everything recursive passes through here, so nesting is bounded in one place.
    fn nested(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.nesting >= MAX_NESTING {
            return Err(self.mistake(format!("at most {MAX_NESTING} levels of nesting")));
        }
        self.nesting += 1;
        let parsed = parse(self);
        self.nesting -= 1;
        parsed
    }

    fn expression(&mut self) -> Parsed {
        self.nested(|parser| {
            let column = parser.token().column;
            if !parser.eat_word("if") {
                return parser.any();
            }
            let condition = parser.expression()?;
            parser.need_word("then")?;
            let then = parser.expression()?;
            parser.need_word("else")?;
            let otherwise = parser.expression()?;
            Ok(Expr {
                column,
                form: Form::If(Box::new((condition, then, otherwise))),
            })
        })
    }

    fn any(&mut self) -> Parsed {
        self.joined("or", Self::all, Form::Any)
    }

    fn all(&mut self) -> Parsed {
        self.joined("and", Self::negation, Form::All)
    }

    fn joined(
        &mut self,
        word: &str,
        operand: fn(&mut Self) -> Parsed,
        form: fn(Vec<Expr>) -> Form,
    ) -> Parsed {
        let first = operand(self)?;
        if !matches!(self.peek(), Lexeme::Word(found) if found == word) {
            return Ok(first);
        }
        let column = first.column;
        let mut operands = vec![first];
        while self.eat_word(word) {
            operands.push(operand(self)?);
        }
        Ok(Expr {
            column,
            form: form(operands),
        })
    }

    fn negation(&mut self) -> Parsed {
        let column = self.token().column;
        if !self.eat_word("not") {
            return self.comparison();
        }
        let inner = self.nested(Self::negation)?;
        Ok(Expr {
            column,
            form: Form::Not(Box::new(inner)),
        })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let column = left.column;
        let form = if let Some(comparison) = self.comparison_sign() {
            let right = self.sum()?;
            if self.comparison_sign().is_some() {
                self.at -= 1;
                return Err(self.mistake("`and` between two comparisons"));
            }
            Form::Compare(comparison, Box::new((left, right)))
        } else if self.eat_word("in") {
            if self.eat_sign("(") {
                Form::Among(Box::new(left), self.list(")")?)
            } else {
                Form::Within(Box::new(left), Box::new(self.primary()?))
            }
        } else {
            return Ok(left);
        };
        Ok(Expr { column, form })
    }

    fn comparison_sign(&mut self) -> Option<Comparison> {
        let comparison = match self.peek() {
            Lexeme::Sign(sign) => Comparison::from_sign(sign)?,
            _ => return None,
        };
        self.at += 1;
        Some(comparison)
    }

    fn sum(&mut self) -> Parsed {
        self.chain(&[Arithmetic::Add, Arithmetic::Subtract], Self::product)
    }

    fn product(&mut self) -> Parsed {
        let operators = [
            Arithmetic::Multiply,
            Arithmetic::Divide,
            Arithmetic::Remainder,
        ];
        self.chain(&operators, Self::signed)
    }

    fn chain(&mut self, operators: &[Arithmetic], operand: fn(&mut Self) -> Parsed) -> Parsed {
        let first = operand(self)?;
        let mut rest = Vec::new();
        while let Some(operator) = operators
            .iter()
            .find(|operator| self.eat_sign(operator.sign()))
        {
            rest.push((*operator, operand(self)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expr {
            column: first.column,
            form: Form::Chain(Box::new(first), rest),
        })
    }

    fn signed(&mut self) -> Parsed {
        let column = self.token().column;
        if !self.eat_sign("-") {
            return self.power();
        }
        let inner = self.nested(Self::signed)?;
        Ok(Expr {
            column,
            form: Form::Negate(Box::new(inner)),
        })
    }

    fn power(&mut self) -> Parsed {
        let base = self.primary()?;
        if !self.eat_sign("^") {
            return Ok(base);
        }
        let exponent = self.nested(Self::signed)?;
        Ok(Expr {
            column: base.column,
            form: Form::Power(Box::new(base), Box::new(exponent)),
        })
    }

    fn primary(&mut self) -> Parsed {
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
                let inner = self.expression()?;
                if !self.eat_sign(")") {
                    return Err(self.mistake("`)`"));
                }
                return Ok(inner);
            }
            _ => return Err(self.mistake("a name, a number, a text in quotes or `(`")),
        };
        self.at += 1;
        Ok(Expr { column, form })
    }

    fn named(&mut self, word: &str, column: usize) -> Parsed {
        let name = word.to_owned();
        let form = if self.eat_sign("(") {
            Form::Call(name, self.list(")")?)
        } else if self.eat_sign("[") {
            Form::Lookup(name, self.list("]")?)
        } else if self.eat_sign(".") {
            let Lexeme::Word(number) = self.peek() else {
                return Err(self.mistake("the name of an attached number"));
            };
            self.at += 1;
            Form::Attached(name, number.to_owned())
        } else {
            Form::Name(name)
        };
        Ok(Expr { column, form })
    }

    /// The rest of a list whose opening sign has been read; it has at least one item.
    fn list(&mut self, close: &str) -> Result<Vec<Expr>, Box<Mistake>> {
        let mut items = vec![self.expression()?];
        while self.eat_sign(",") {
            items.push(self.expression()?);
        }
        if self.eat_sign(close) {
            Ok(items)
        } else {
            Err(self.mistake(format!("`,` or `{close}`")))
        }
    }
}
