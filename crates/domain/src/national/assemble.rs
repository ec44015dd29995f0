//! From pieces to a procedure: times that differ and groups named `Trường hợp …` become cases, the rest is for all of them.

use super::heading::{Kind, bare, kind, place};
use super::time::{Durations, limit};
use super::ways::FREE;
use super::{Group, Paper, Pieces, Row, short};
use crate::fold::{fold, tidy};
use crate::procedure::{Case, ComponentSpec, Doubt, Handling, Procedure, Way};
use crate::{Channel, Limit};

/// Cases by papers times cases by time: more than a clerk can choose among.
const MOST_CASES: usize = 24;
/// Figures below this are no đồng: `20 VNĐ(20.000đ/tờ khai)`.
const LEAST_DONG: i64 = 1_000;

/// A procedure without its head.
pub(super) fn assemble(pieces: Pieces) -> Procedure {
    let Pieces { rows, groups, results, text, mut doubts } = pieces;
    let durations = Durations::of(&text);
    let fees_in_text = fold(&text).contains("le phi");
    let mut times = times(&rows, &durations, fees_in_text, &mut doubts);
    let (mut specs, notes, named) = sort(groups, &mut doubts);

    // Papers for everybody make a case of their own, beside the named ones that add to them.
    let mut groups: Vec<(String, String)> = Vec::new();
    if named.is_empty() || specs.iter().any(|spec| spec.handling == Handling::Submit) {
        groups.push((String::new(), if named.is_empty() { String::new() } else { "Trường hợp chung".into() }));
    }
    for (heading, _) in &named {
        let name = short(bare(heading).trim_end_matches([':', ' ']), 200);
        groups.push((unlike(slug(&name), groups.iter().map(|(id, _)| id)), name));
    }
    if groups.len() * times.len() > MOST_CASES && times.len() > 1 {
        doubts.push(Doubt::TooManyCases);
        times.truncate(1);
    }

    let mut cases = Vec::new();
    for (group, name) in &groups {
        for time in &times {
            let ids = [group.as_str(), time.id.as_str()].into_iter().filter(|id| !id.is_empty());
            let id = ids.collect::<Vec<_>>().join(".");
            let names = [name.as_str(), time.name.as_str()].into_iter().filter(|name| !name.is_empty());
            let name = names.collect::<Vec<_>>().join(" – ");
            let id = if id.is_empty() { "chung".to_owned() } else { id };
            let id = unlike(id, cases.iter().map(|case: &Case| &case.id));
            cases.push(Case { id, name, ..time.case.clone() });
        }
    }
    let base = groups.len() - named.len();
    for (at, (_, papers)) in named.into_iter().enumerate() {
        let from = (base + at) * times.len();
        let ids: Vec<String> = cases[from..from + times.len()].iter().map(|case| case.id.clone()).collect();
        specs.extend(papers.into_iter().map(|spec| ComponentSpec { cases: ids.clone(), ..spec }));
    }
    if results.is_empty() {
        doubts.push(Doubt::NoResults);
    }
    let mut once: Vec<Doubt> = Vec::new();
    doubts.into_iter().for_each(|doubt| {
        if !once.contains(&doubt) {
            once.push(doubt);
        }
    });
    Procedure { cases, components: specs, results, notes, doubts: once, ..Procedure::default() }
}

/// One time limit that holds in some rows.
struct Time {
    id: String,
    name: String,
    case: Case,
}

/// Rows with one time are one case; each further time is another, the counter's own row first.
fn times(rows: &[Row], text: &Durations, fees_in_text: bool, doubts: &mut Vec<Doubt>) -> Vec<Time> {
    let mut sets: Vec<(Option<Limit>, String, Vec<&Row>)> = Vec::new();
    let ordered = rows.iter().filter(|row| row.channel == Channel::Counter);
    let ordered = ordered.chain(rows.iter().filter(|row| row.channel != Channel::Counter));
    for row in ordered {
        let (words, read) = match limit(&row.time, text) {
            Ok((words, limit)) => (words, Some(limit)),
            Err(doubt) => {
                doubts.push(doubt);
                (String::new(), None)
            }
        };
        match sets.iter_mut().find(|(limit, ..)| *limit == read) {
            Some((_, _, rows)) => rows.push(row),
            None => sets.push((read, words, vec![row])),
        }
    }
    let several = sets.len() > 1;
    let mut unexplained = Vec::new();
    let mut times: Vec<Time> = Vec::new();
    for (limit, words, rows) in sets {
        let (id, name) = if several {
            let said = rows.iter().find_map(|row| when(&row.note)).unwrap_or_else(|| {
                let shown = if words.is_empty() { "không rõ thời hạn" } else { words.as_str() };
                let by: Vec<&str> = CHANNELS
                    .iter()
                    .filter(|(channel, _)| rows.iter().any(|row| row.channel == *channel))
                    .map(|(_, name)| *name)
                    .collect();
                let said = format!("{shown} (dòng {})", by.join(", "));
                unexplained.push(said.clone());
                said
            });
            let id = limit.map_or_else(|| "khong-ro".to_owned(), |limit| limit.to_string());
            (unlike(id, times.iter().map(|time| &time.id)), said)
        } else {
            (String::new(), String::new())
        };
        let ways: Vec<Way> = rows.iter().map(|row| way(row, limit, &words, doubts)).collect();
        let fee = fixed(&rows, fees_in_text);
        let fee_text = fee_text(&ways);
        let case = Case { limit, limit_text: words, fee, fee_text, ways, ..Case::default() };
        times.push(Time { id, name, case });
    }
    if unexplained.len() > 1 {
        doubts.push(Doubt::TimesDiffer { text: unexplained.join("; ") });
    }
    if times.is_empty() {
        times.push(Time { id: String::new(), name: String::new(), case: Case::default() });
    }
    times
}

const CHANNELS: [(Channel, &str); 3] =
    [(Channel::Counter, "Trực tiếp"), (Channel::Post, "Dịch vụ bưu chính"), (Channel::Online, "Trực tuyến")];

/// The condition that a description begins with: `Trường hợp …` up to the first point.
fn when(note: &str) -> Option<String> {
    let note = bare(note);
    let starts = ["trường hợp", "đối với"].iter().any(|word| note.to_lowercase().starts_with(word));
    let end = note.find(['\n', ';', '.', ':']).unwrap_or(note.len());
    let said = tidy(&note[..end]);
    (starts && said.chars().count() > 12).then(|| short(&said, 200))
}

fn way(row: &Row, limit: Option<Limit>, words: &str, doubts: &mut Vec<Doubt>) -> Way {
    let note = if row.fee_note.is_empty() { String::new() } else { format!(" ({})", row.fee_note) };
    let fee_text = format!("{}{note}", row.fee).trim().to_owned();
    let amount = figure(&row.fee);
    match amount {
        Ok(Some(amount)) if amount < LEAST_DONG && amount != 0 => {
            doubts.push(Doubt::OddAmount { text: short(&fee_text, 200) });
        }
        Err(()) => doubts.push(Doubt::OtherMoney { text: short(&fee_text, 200) }),
        Ok(_) => {}
    }
    let amount = amount.ok().flatten().filter(|amount| *amount >= LEAST_DONG);
    Way { channel: row.channel, limit, limit_text: words.to_owned(), amount, fee_text, note: row.note.clone() }
}

/// The đồng of a cell; an error for another currency.
fn figure(fee: &str) -> Result<Option<i64>, ()> {
    let Some((number, currency)) = fee.split_once(' ') else { return Ok(None) };
    if fee == FREE {
        return Ok(None);
    }
    let dong = matches!(currency, "VNĐ" | "Việt Nam Đồng");
    let number: String = number.chars().filter(|letter| *letter != ',').collect();
    if dong { Ok(number.parse().ok()) } else { Err(()) }
}

/// The amount, where every row agrees and no word casts doubt on it. "Miễn phí" often means that the province decides,
/// and a figure may be for a page: both then stay words (D§7.1, D§11).
fn fixed(rows: &[&Row], fees_in_text: bool) -> Option<i64> {
    let amount = |row: &Row| -> Option<i64> {
        let (said, noted) = (fold(&row.fee_note), fold(&row.note));
        if noted.contains("le phi") || noted.contains("muc thu") || noted.contains(" dong") {
            return None;
        }
        let nothing = [
            "",
            "khong",
            "khong co",
            "khong quy dinh",
            "khong thu",
            "khong thu phi",
            "khong thu le phi",
            "mien phi",
            "mien le phi",
        ];
        if row.fee == FREE {
            return (nothing.contains(&said.as_str()) && !fees_in_text).then_some(0);
        }
        let whole = ["", "ho so", "dong ho so"].contains(&said.as_str());
        figure(&row.fee).ok().flatten().filter(|amount| whole && *amount >= LEAST_DONG)
    };
    let first = amount(rows.first()?)?;
    rows.iter().all(|row| amount(row) == Some(first)).then_some(first)
}

/// The wording for the receipt: once where all channels share it, else each with its channel.
fn fee_text(ways: &[Way]) -> String {
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for way in ways {
        let channel = CHANNELS.iter().find(|(channel, _)| *channel == way.channel).map_or("", |(_, name)| *name);
        match said.iter_mut().find(|(text, _)| *text == way.fee_text) {
            Some((_, channels)) if channels.contains(&channel) => {}
            Some((_, channels)) => channels.push(channel),
            None => said.push((way.fee_text.as_str(), vec![channel])),
        }
    }
    if let [(only, _)] = said[..] {
        return only.to_owned();
    }
    let parts = said.iter().filter(|(text, _)| !text.is_empty());
    parts.map(|(text, channels)| format!("{}: {text}", channels.join(", "))).collect::<Vec<_>>().join("; ")
}

/// Papers for every case, notes, and the papers of each group that is a case.
type Sorted = (Vec<ComponentSpec>, Vec<String>, Vec<(String, Vec<ComponentSpec>)>);

fn sort(groups: Vec<Group>, doubts: &mut Vec<Doubt>) -> Sorted {
    let alone = groups.iter().filter(|group| !group.papers.is_empty()).count() == 1;
    let (mut first, mut submit, mut shown, mut other) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut notes, mut named) = (Vec::new(), Vec::new());
    for mut group in groups {
        if group.papers.is_empty() {
            continue;
        }
        in_order(&mut group.papers);
        let (said, papers) = group.papers.into_iter().partition(is_remark);
        notes.extend(Vec::into_iter(said).map(|paper: Paper| named_paper(&paper.text)));
        group.papers = papers;
        if group.papers.is_empty() {
            continue;
        }
        let kind = match kind(&group.heading) {
            // The only list there is is the list, whatever stands above it.
            Kind::Unclear | Kind::Case if alone => Kind::Common,
            kind => kind,
        };
        if kind == Kind::Note {
            notes.extend(group.papers.into_iter().map(|paper| named_paper(&paper.text)));
            continue;
        }
        let counted = group.papers.iter().any(|paper| paper.originals + paper.copies > 0);
        if !counted {
            doubts.push(Doubt::NoCounts { text: short(&group.heading, 200) });
        }
        if kind == Kind::Unclear {
            doubts.push(Doubt::UnclearGroup { text: short(&group.heading, 200) });
        }
        let handling = if kind == Kind::Handled(Handling::Show) { Handling::Show } else { Handling::Submit };
        let mut specs = Vec::new();
        for paper in group.papers {
            // Nought of nought among counted papers is a sentence about them.
            if counted && paper.originals + paper.copies == 0 {
                notes.push(named_paper(&paper.text));
                continue;
            }
            let group = if kind == Kind::Unclear { tidy(&group.heading) } else { String::new() };
            specs.push(spec(&paper, handling, short(&group, 300)));
        }
        if counted && kind != Kind::Unclear {
            require_the_form(&mut specs);
        }
        match kind {
            Kind::Case => named.push((group.heading, specs)),
            Kind::Handled(Handling::Show) => shown.extend(specs),
            Kind::Handled(Handling::Submit) => submit.extend(specs),
            Kind::Unclear => other.extend(specs),
            Kind::Common | Kind::Note => first.extend(specs),
        }
    }
    first.append(&mut submit);
    first.append(&mut other);
    first.append(&mut shown);
    (first, notes, named)
}

/// Papers that all carry the mark of a list, each another one, go into its order.
fn in_order(papers: &mut [Paper]) {
    let places: Vec<_> = papers.iter().map(|paper| place(&paper.text)).collect();
    let mut seen: Vec<_> = places.iter().flatten().collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() == papers.len() {
        papers.sort_by_key(|paper| place(&paper.text));
    }
}

/// A row without a count that says itself that it is a remark.
fn is_remark(paper: &Paper) -> bool {
    let lower = bare(&paper.text).to_lowercase();
    paper.originals + paper.copies == 0 && ["lưu ý", "ghi chú"].iter().any(|start| lower.starts_with(start))
}

fn spec(paper: &Paper, handling: Handling, group: String) -> ComponentSpec {
    let name = named_paper(&paper.text);
    let lower = bare(&name).to_lowercase();
    let certified = ["bản sao có chứng thực", "bản sao chứng thực", "bản sao được chứng thực"];
    let certified = certified.iter().any(|start| lower.starts_with(start)) && !lower.contains("hoặc");
    let (copies, certified) = if certified { (0, paper.copies) } else { (paper.copies, 0) };
    let originals = paper.originals;
    ComponentSpec { name, originals, copies, certified, handling, required: false, cases: Vec::new(), group }
}

/// Lists name papers for conditions that only a person can judge, so that the one certain thing is the application itself:
/// a group's only form without a condition in its words. Everything else is asked for, and stands in nobody's way.
fn require_the_form(specs: &mut [ComponentSpec]) {
    const FORMS: [&str; 7] =
        ["đơn", "tờ khai", "giấy đề nghị", "văn bản đề nghị", "công văn đề nghị", "phiếu đăng ký", "bản đăng ký"];
    let is_form = |spec: &ComponentSpec| {
        let lower = bare(&spec.name).to_lowercase();
        FORMS.iter().any(|form| lower.starts_with(form))
    };
    let mut forms = specs.iter_mut().filter(|spec| is_form(spec));
    if let (Some(form), None) = (forms.next(), forms.next()) {
        let lower = form.name.to_lowercase();
        form.required = !["nếu", "trường hợp", "đối với", "tùy theo"].iter().any(|word| lower.contains(word));
    }
}

/// The paper's words without the dash before and the semicolon behind.
fn named_paper(text: &str) -> String {
    let text = text.trim_start_matches(['-', '+', '*', '•', ' ']).trim_end_matches([';', ' ', ',']);
    short(text, 4_000)
}

/// A stable id out of words.
fn slug(name: &str) -> String {
    let words = fold(name);
    let mut id = String::new();
    for word in words.split(' ') {
        if id.len() + word.len() > 48 {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    id
}

/// `id`, with a number behind it where it is taken.
fn unlike<'a>(id: String, taken: impl Iterator<Item = &'a String>) -> String {
    let taken: Vec<&String> = taken.collect();
    if !taken.contains(&&id) {
        return id;
    }
    (2..).map(|n: u32| format!("{id}-{n}")).find(|id| !taken.contains(&id)).unwrap_or(id)
}
