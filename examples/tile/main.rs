//! Lays an OpenStreetMap extract side by side with itself, joined by roads: large inputs for `examples/scale.rs`.
//!
//! ```console
//! cargo run --release --example tile -- porto.osm.pbf 16 porto-16.osm.pbf
//! ```

use std::io::Write;

mod tiling;

use tiling::Failure;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, count, target] = &arguments[..] else {
        return Err("usage: tile EXTRACT.osm.pbf COPIES OUT.osm.pbf".into());
    };
    let side = (1..=64_i64)
        .find(|side| (side * side).to_string() == *count)
        .ok_or("COPIES is a square, up to 4096")?;
    let mut out = std::io::BufWriter::new(fs_err::File::create(target)?);
    tiling::tile(&fs_err::read(source)?, side, &mut out)?;
    out.flush()?;
    Ok(())
}
