//! Configurations that the buyer keeps to compare, beside the one of now: a chunk of its own,
//! loaded when the first one is kept.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::calculator::Session;
use crate::chunks::Why;
use crate::locale::{CompareCatalog, fill};
use crate::state::calculator::Calculator;
use crate::state::compare::{Row, answers, outcomes, prices};
use crate::state::public::state;
use crate::ui::{El, digits, el};

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/compare.css"));
/// How many are kept at a time: with the one of now as many as a narrow page can show.
const MOST: usize = 2;

/// The comparison on the screen.
struct Panel {
    session: Weak<Session>,
    why: Why,
    whole: El,
    /// What became of the last press, or what to do next.
    note: El,
    /// The way back from going back.
    undo: El,
    table: El,
    kept: RefCell<Vec<Rc<Calculator>>>,
    /// How it stood before the buyer went back to one that was kept, and the answers since.
    turn: RefCell<Option<(Rc<Calculator>, String)>>,
}

/// Shows what is kept beside the answers of now, and keeps those too if it is asked to.
pub(crate) fn show(session: &Rc<Session>, keeps: bool) {
    let news = if keeps { keep(session) } else { "" };
    Why::bring(session, move |session, why| {
        draw(session, why);
        if !news.is_empty() {
            say(session, news);
        }
    });
}

/// Keeps the answers of now; what became of it, in words.
fn keep(session: &Rc<Session>) -> &'static str {
    let texts = session.options.locale.compare_texts();
    let Some(more) = session.mounted.more() else {
        return "";
    };
    let now = state(&session.loaded.state.borrow());
    let mut kept = session.loaded.kept.borrow_mut();
    if kept.iter().any(|one| state(one) == now) {
        return texts.kept_already;
    }
    if kept.len() == MOST {
        return texts.kept_full;
    }
    kept.push(more.copy(session));
    texts.kept
}

/// Shows what is kept; `why` has the words for what a configuration comes to.
fn draw(session: &Rc<Session>, why: Why) {
    let place = session.mounted.find(".more");
    let is_new = session.mounted.find(".compare").is_none();
    if let (Some(place), true) = (place, is_new) {
        session.mounted.dress(STYLE);
        let panel = make(session, why);
        place.place(panel.whole, 0);
        let follow = move |_| panel.follow();
        session.follow.borrow_mut().push(Rc::new(follow));
    }
    session.follow(false);
}

/// Says it to those who hear and to those who see.
fn say(session: &Session, news: &str) {
    session.said.set(news.to_owned());
    if let Some(note) = session.mounted.find(".compare .note") {
        note.set_text(news);
    }
}

fn make(session: &Rc<Session>, why: Why) -> Rc<Panel> {
    let texts = session.options.locale.compare_texts();
    let undo = el("button|type=button|class=quiet|part=undo").text(texts.undo_back);
    let note = el("p|class=note");
    let table = el("table|role=table|aria-labelledby=compare");
    let whole = el("section|class=compare|part=compare|aria-labelledby=compare").with(&[
        el("h2|id=compare").text(texts.comparison),
        el("div|class=news").with(&[note, undo]),
        table,
    ]);
    let panel = Rc::new(Panel {
        session: Rc::downgrade(session),
        why,
        whole,
        note,
        undo,
        table,
        kept: RefCell::default(),
        turn: RefCell::default(),
    });
    let own = Rc::clone(&panel);
    let _ = undo.on("click", move || own.undo());
    panel
}

impl Panel {
    /// Shows what the answers of now make of it.
    fn follow(self: &Rc<Self>) {
        let Some(session) = self.session.upgrade() else {
            return;
        };
        self.take_up(&session);
        let now = session.loaded.state.borrow();
        let kept = self.kept.borrow();
        let mut all = vec![&*now];
        all.extend(kept.iter().map(|one| &**one));
        let words = session.figures.words();
        let differing = answers(&all, &words);
        let figures: Vec<_> = all
            .iter()
            .map(|one| self.why.outcome(one, &words))
            .collect();
        let texts = session.options.locale.compare_texts();
        let same = differing.is_empty();
        self.note
            .set_text(if same { texts.same_answers } else { "" });
        let shown = [
            rows(&differing),
            rows(&[prices(&all, &words), outcomes(&figures)].concat()),
        ];
        for (part, rows) in [".answers", ".outcome"].into_iter().zip(shown) {
            if let Some(body) = self.table.find(part) {
                body.fill(&rows);
            }
        }
        let mut turn = self.turn.borrow_mut();
        turn.take_if(|(_, since)| *since != state(&now));
        self.undo.show(turn.is_some());
        self.whole.show(!kept.is_empty());
    }

    /// Takes up what is kept now, and makes the frame of the table for as many.
    fn take_up(self: &Rc<Self>, session: &Rc<Session>) {
        let wanted = session.loaded.kept.borrow();
        let mut kept = self.kept.borrow_mut();
        let is_same = |(one, other): (&Rc<_>, &Rc<_>)| Rc::ptr_eq(one, other);
        if kept.len() == wanted.len() && kept.iter().zip(wanted.iter()).all(is_same) {
            return;
        }
        kept.clone_from(&wanted);
        let texts = session.options.locale.compare_texts();
        self.whole
            .set_property("--columns", &digits(kept.len() + 1));
        let hidden = el("th|role=columnheader|scope=col|class=said").text(texts.question);
        let head = el("tr|role=row").with(&[hidden, heading(texts.of_now)]);
        let ways = el("tr|role=row").with(&[el("td|role=cell")]);
        for at in 0..kept.len() {
            let name = name(texts, at);
            head.add(heading(&name));
            ways.add(self.ways(texts, &name, at));
        }
        self.table.fill(&[
            el("thead|role=rowgroup").with(&[head]),
            el("tbody|role=rowgroup|class=answers"),
            el("tbody|role=rowgroup|class=outcome"),
            el("tfoot|role=rowgroup").with(&[ways]),
        ]);
    }
}

impl Panel {
    /// What can be done with a kept one: come back to it, or let it go.
    fn ways(self: &Rc<Self>, texts: &CompareCatalog, name: &str, at: usize) -> El {
        let button = |part: &str, text: &str| {
            el("button|type=button|class=quiet")
                .attr("part", part)
                .attr("aria-label", &[text, ": ", name].concat())
                .text(text)
        };
        let own = Rc::clone(self);
        let back = button("back", texts.back_to_kept).on("click", move || own.go_back(at));
        let own = Rc::clone(self);
        let remove = button("remove", texts.remove_kept).on("click", move || own.remove(at));
        el("td|role=cell").with(&[back, remove])
    }

    fn go_back(&self, at: usize) {
        let to = self.kept.borrow().get(at).cloned();
        let (Some(session), Some(to)) = (self.session.upgrade(), to) else {
            return;
        };
        let Some(more) = session.mounted.more() else {
            return;
        };
        let before = more.copy(&session);
        if state(&before) == state(&to) {
            return;
        }
        self.turn.replace(Some((before, state(&to))));
        more.turn(&session, &to);
        let texts = session.options.locale.compare_texts();
        let name = name(texts, at);
        self.tell(&session, &fill(texts.is_back, &[("name", &name)]));
    }

    fn undo(&self) {
        let Some((before, _)) = self.turn.take() else {
            return;
        };
        let session = self.session.upgrade();
        if let Some((session, more)) =
            session.and_then(|own| Some((own.clone(), own.mounted.more()?)))
        {
            more.turn(&session, &before);
            self.tell(&session, session.options.locale.compare_texts().undone_back);
            session.mounted.focus_first(".compare [part=back]");
        }
    }

    /// Says what the buyer did before what follows from it.
    fn tell(&self, session: &Session, news: &str) {
        let price = session.said.with(Clone::clone);
        session.said.set([news, ". ", &price].concat());
        self.note.set_text(news);
    }

    fn remove(&self, at: usize) {
        let Some(session) = self.session.upgrade() else {
            return;
        };
        let mut kept = session.loaded.kept.borrow_mut();
        let texts = session.options.locale.compare_texts();
        let name = name(texts, at);
        if at < kept.len() {
            kept.remove(at);
        }
        let rest = kept.len();
        drop(kept);
        draw(&session, self.why);
        say(&session, &fill(texts.removed_kept, &[("name", &name)]));
        session.mounted.focus_first(if rest == 0 {
            "[part=keep]"
        } else {
            ".compare [part=remove]"
        });
    }
}

/// What a kept one is called.
fn name(texts: &CompareCatalog, at: usize) -> String {
    fill(texts.of_kept, &[("n", &digits(at + 1))])
}

fn heading(name: &str) -> El {
    el("th|role=columnheader|scope=col").text(name)
}

/// Rows with their names above their cells, which leaves a narrow page to the cells.
fn rows(rows: &[Row]) -> Vec<El> {
    let cell = |text: &String| el("td|role=cell").text(text);
    let row = |row: &Row| {
        let name = el("th|role=rowheader|scope=row").text(&row.name);
        let whole = el("tr|role=row").with(&[name]);
        whole.with(&row.cells.iter().map(cell).collect::<Vec<_>>())
    };
    rows.iter().map(row).collect()
}
