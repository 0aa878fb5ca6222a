//! Tables with typed cells, saved as CSV, XLSX or ODS.

use std::fmt::Write as _;
use std::io::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A table.
pub struct Sheet {
    /// In English and in French.
    pub names: [&'static str; 2],
    /// Headers in English and in French.
    pub columns: Vec<[&'static str; 2]>,
    /// Cells.
    pub rows: Vec<Vec<Value>>,
}

/// A cell.
#[derive(Clone, Copy)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Words.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A share shown as a percentage.
    Percent(f64),
    /// Year, month, day.
    Date(u16, u8, u8),
    /// Hour and minute.
    Time(u16, u8),
}

use Value::{Blank, Date, Number, Percent, Text, Time};

impl Sheet {
    /// As our own documentation writes it.
    pub fn csv(&self) -> String {
        let header = self.columns.iter().map(|names| names[0].to_owned());
        let rows = self.rows.iter().map(|row| row.iter().map(plain).collect::<Vec<_>>());
        lines(std::iter::once(header.collect()).chain(rows), ',')
    }

    /// As a French spreadsheet writes it.
    pub fn french_csv(&self) -> String {
        let header = self.columns.iter().map(|names| names[1].to_owned());
        let rows = self.rows.iter().map(|row| row.iter().map(french).collect::<Vec<_>>());
        lines(std::iter::once(header.collect()).chain(rows), ';')
    }
}

fn lines(rows: impl Iterator<Item = Vec<String>>, separator: char) -> String {
    rows.fold(String::new(), |mut words, row| {
        let cells: Vec<String> = row.iter().map(|cell| quote(cell, separator)).collect();
        words.push_str(&cells.join(&separator.to_string()));
        words.push_str("\r\n");
        words
    })
}

fn quote(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn plain(value: &Value) -> String {
    match *value {
        Blank => String::new(),
        Text(words) => words.to_owned(),
        Number(number) | Percent(number) => number.to_string(),
        Date(year, month, day) => format!("{year}-{month:02}-{day:02}"),
        Time(hour, minute) => format!("{hour:02}:{minute:02}"),
    }
}

fn french(value: &Value) -> String {
    match *value {
        // A no-break space between thousands, as spreadsheets put.
        Number(number) if number >= 1000.0 => {
            format!("{}\u{a0}{}", (number / 1000.0).trunc(), &number.to_string()[1..].replace('.', ","))
        }
        Number(number) => number.to_string().replace('.', ","),
        Percent(share) => format!("{} %", share * 100.0),
        Date(year, month, day) => format!("{day:02}/{month:02}/{year}"),
        Time(hour, 0) => format!("{hour}h"),
        Time(hour, minute) => format!("{hour}h{minute:02}"),
        Blank | Text(_) => plain(value),
    }
}

/// An Excel workbook with cells of every type, its sheets and headers in French.
pub fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    let [date, time, percent] =
        ["dd/mm/yyyy", "hh:mm", "0 %"].map(|format| Format::new().set_num_format(format));
    for table in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(table.names[1]).expect("names are short");
        for (column, names) in (0..).zip(&table.columns) {
            sheet.write(0, column, names[1]).expect("in bounds");
        }
        for (row, cells) in (1..).zip(&table.rows) {
            for (column, value) in (0..).zip(cells) {
                let written = match *value {
                    Blank => continue,
                    Text(words) => sheet.write(row, column, words),
                    Number(number) => sheet.write(row, column, number),
                    Percent(share) => sheet.write_with_format(row, column, share, &percent),
                    Date(year, month, day) => {
                        let moment = ExcelDateTime::from_ymd(year, month, day).expect("a date");
                        sheet.write_with_format(row, column, &moment, &date)
                    }
                    Time(hour, minute) => {
                        let moment = ExcelDateTime::from_hms(hour, minute, 0).expect("a time");
                        sheet.write_with_format(row, column, &moment, &time)
                    }
                };
                written.expect("in bounds");
            }
        }
    }
    book.save_to_buffer().expect("a workbook in memory")
}

/// An OpenDocument workbook with cells of every type, zipped without compression.
pub fn ods(sheets: &[Sheet]) -> Vec<u8> {
    let mut content = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>",
    );
    for table in sheets {
        let _ = write!(content, "<table:table table:name=\"{}\">", table.names[1]);
        let header: Vec<Value> = table.columns.iter().map(|names| Text(names[1])).collect();
        for row in std::iter::once(&header).chain(&table.rows) {
            content.push_str("<table:table-row>");
            content.extend(row.iter().map(|value| ods_cell(*value)));
            // Spreadsheets fill the row up to its end with one repeated blank.
            content.push_str("<table:table-cell table:number-columns-repeated=\"1000\"/></table:table-row>");
        }
        content.push_str(
            "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>",
        );
        content.push_str("</table:table>");
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest \
                    xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ])
}

fn ods_cell(value: Value) -> String {
    let typed = |kind: &str, attribute: &str, value: String| {
        format!("<table:table-cell office:value-type=\"{kind}\" office:{attribute}=\"{value}\"/>")
    };
    match value {
        Blank => "<table:table-cell/>".to_owned(),
        Text(words) => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>"
        ),
        Number(number) => typed("float", "value", number.to_string()),
        Percent(share) => typed("percentage", "value", share.to_string()),
        Date(year, month, day) => typed("date", "date-value", format!("{year}-{month:02}-{day:02}")),
        Time(hour, minute) => typed("time", "time-value", format!("PT{hour:02}H{minute:02}M00S")),
    }
}

/// A zip archive of stored files (APPNOTE 4.3.7 and 4.3.12).
pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in files {
        let mut crc = flate2::Crc::new();
        crc.update(body.as_bytes());
        let offset = bytes.len() as u32;
        let sizes = [crc.sum(), body.len() as u32, body.len() as u32];
        let common = |out: &mut Vec<u8>| {
            out.extend([20_u16, 0, 0, 0, 33].map(u16::to_le_bytes).concat());
            out.extend(sizes.map(u32::to_le_bytes).concat());
            out.extend((name.len() as u16).to_le_bytes());
            out.extend(0_u16.to_le_bytes());
        };
        bytes.extend(0x0403_4b50_u32.to_le_bytes());
        common(&mut bytes);
        bytes.write_all(name.as_bytes()).expect("memory");
        bytes.write_all(body.as_bytes()).expect("memory");
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(20_u16.to_le_bytes());
        common(&mut directory);
        // Comment length, disk, internal attributes; external attributes; offset.
        directory.extend([0_u8; 6]);
        directory.extend(0_u32.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.write_all(name.as_bytes()).expect("memory");
    }
    let (start, size, count) = (bytes.len() as u32, directory.len() as u32, files.len() as u16);
    bytes.extend(directory);
    bytes.extend(0x0605_4b50_u32.to_le_bytes());
    bytes.extend([0_u8; 4]);
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend(0_u16.to_le_bytes());
    bytes
}
