//! `docs/tables.md` is what the schema says.

use tournee::tables::schema::page;

/// `TOURNEE_BLESS=1 cargo test` writes the page anew.
#[test]
fn the_page_of_tables_is_fresh() {
    if std::env::var_os("TOURNEE_BLESS").is_some() {
        fs_err::write("docs/tables.md", page()).expect("the page is writable");
    }
    let written = fs_err::read_to_string("docs/tables.md").unwrap_or_default();
    assert!(written == page(), "docs/tables.md is stale: TOURNEE_BLESS=1 cargo test --test it tables::page");
}
