//! Just enough XML for eSCL: a tree of local names and texts, with limits, since it comes from whatever answers.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

/// The two namespaces of eSCL, by the names that everybody gives them.
pub(super) const NAMES: &str = "xmlns:scan=\"http://schemas.hp.com/imaging/escl/2011/05/03\" \
    xmlns:pwg=\"http://www.pwg.org/schemas/2010/12/sm\"";

/// Deeper, or with more elements, is no scanner's answer.
const DEEPEST: usize = 32;
const MOST: usize = 20_000;

/// One element, without its prefix and attributes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Reads a document; none for what is no XML, such as a web page.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = vec![Self::default()];
        let mut count = 0;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    count += 1;
                    if open.len() >= DEEPEST || count > MOST {
                        return None;
                    }
                    open.push(Self { name: start.local_name().as_ref().to_owned(), ..Self::default() });
                }
                Event::Empty(empty) => {
                    count += 1;
                    if count > MOST {
                        return None;
                    }
                    let node = Self { name: empty.local_name().as_ref().to_owned(), ..Self::default() };
                    open.last_mut()?.children.push(node);
                }
                Event::Text(words) => {
                    open.last_mut()?.text.push_str(&words);
                }
                Event::GeneralRef(name) => open.last_mut()?.text.extend(character(&name)),
                Event::End(_) => {
                    let mut node = open.pop()?;
                    node.text = node.text.trim().to_owned();
                    open.last_mut()?.children.push(node);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut document = open.pop().filter(|_| open.is_empty())?;
        if document.children.len() == 1 { document.children.pop() } else { None }
    }

    /// The first element of this name below, however deep.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// The text of the first element of this name below.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.find(name).map(|node| node.text.as_str())
    }

    /// Every element of this name below.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }
}

/// What a reference stands for: one of the five that XML knows, or a character by its number. Others are left out: entities of a
/// document's own are how small ones become large.
fn character(name: &BytesRef<'_>) -> Option<char> {
    let numbered = name.resolve_char_ref().ok()?;
    let found = numbered.or_else(|| resolve_xml_entity(name)?.chars().next());
    found.filter(|found| !found.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn elements_are_found_whatever_their_prefix() {
        let text = "<?xml version=\"1.0\"?><scan:ScannerStatus xmlns:scan=\"x\"><pwg:State>Idle</pwg:State>\
                    <scan:Jobs><scan:JobInfo><pwg:JobUri>/a</pwg:JobUri></scan:JobInfo><scan:JobInfo/></scan:Jobs></scan:ScannerStatus>";
        let node = Node::read(text).unwrap();
        assert_eq!(
            (node.name.as_str(), node.text_of("State"), node.text_of("JobUri")),
            ("ScannerStatus", Some("Idle"), Some("/a"))
        );
        assert_eq!(node.all("JobInfo").len(), 2);
    }

    #[test]
    fn references_are_the_characters_that_they_stand_for() {
        let text = "<a><b> M&amp;y &lt;qu&#233;t&gt; &#x110;&#0;&own; </b></a>";
        assert_eq!(Node::read(text).unwrap().text_of("b"), Some("M&y <quét> Đ"));
    }

    #[test]
    fn what_is_no_answer_is_none() {
        let deep = "<a>".repeat(50) + &"</a>".repeat(50);
        let wide = format!("<a>{}</a>", "<b/>".repeat(MOST + 1));
        for text in
            ["", "<!DOCTYPE html><html><body><p>Login</body></html>", "<a>", "<a/><b/>", "nothing", &deep, &wide]
        {
            assert_eq!(Node::read(text), None, "{text:.40}");
        }
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in ".{0,300}", inside in "[<>/a&;\"= !?-]{0,200}") {
            let _ = Node::read(&text);
            let _ = Node::read(&inside);
        }
    }
}
