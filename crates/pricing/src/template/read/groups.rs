//! The `groups` of a template, and which of them something is shown in.

use super::limits;
use super::reader::Reader;
use crate::Group;
use crate::names;

pub(super) fn read(root: &Reader<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    root.each("groups", limits::GROUPS, &mut |reader| {
        reader.only(&["key", "name", "hint"]);
        groups.push(Group {
            key: reader.key("key"),
            name: reader.texts("name"),
            hint: reader.optional_texts("hint"),
        });
    });
    let keys = names::sorted(groups.iter().map(|group| group.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| format!("/groups/{index}/key"));
    groups
}

/// The group that the field `group` of a parameter or a section names.
pub(super) fn of(reader: &Reader<'_>, groups: &[Group]) -> Option<usize> {
    let field = reader.optional("group")?;
    let key = field.as_text();
    let found = groups.iter().position(|group| group.key == key);
    if found.is_none() {
        field.refuse("the key of one of the template's groups");
    }
    found
}
