//! Numbers as mappers write them: speeds, heights, widths, weights, durations.

/// A speed limit in km/h from `50`, `30 mph`, `FR:rural`, `walk`, `none`; `None` where it says nothing.
///
/// References: wiki.openstreetmap.org/wiki/Key:maxspeed and /Default_speed_limits (read 2026-11).
pub fn speed_kmh(text: &str) -> Option<f64> {
    const KMH_PER_MPH: f64 = 1.609_344;
    const KMH_PER_KNOT: f64 = 1.852;
    let text = text.trim();
    if let Some((number, unit)) = number_and_unit(text) {
        let kmh = match unit {
            "" | "km/h" | "kmh" | "kph" => number,
            "mph" | "mp/h" => number * KMH_PER_MPH,
            "knots" => number * KMH_PER_KNOT,
            _ if unit.starts_with([';', '|', ',', '/', '-']) => number, // several values: the first
            _ => return None,
        };
        return (kmh > 0.0).then_some(kmh);
    }
    named_speed(&text.to_ascii_lowercase())
}

/// Limits that are named. National ones first, then what a zone means where the country is not listed.
fn named_speed(name: &str) -> Option<f64> {
    const NAMED: &[(&str, f64)] = &[
        ("none", 140.0),
        ("walk", 7.0),
        ("at:rural", 100.0),
        ("at:trunk", 100.0),
        ("be:motorway", 120.0),
        ("be-bru:rural", 70.0),
        ("be-bru:urban", 30.0),
        ("be-vlg:rural", 70.0),
        ("bg:motorway", 140.0),
        ("by:urban", 60.0),
        ("by:motorway", 110.0),
        ("ch:rural", 80.0),
        ("ch:trunk", 100.0),
        ("ch:motorway", 120.0),
        ("de:rural", 100.0),
        ("de:motorway", 140.0),
        ("dk:rural", 80.0),
        ("es:trunk", 90.0),
        ("es:motorway", 120.0),
        // Décret n° 2018-487 of 15 June 2018, in force since 1 July 2018
        ("fr:rural", 80.0),
        ("gb:nsl_single", 96.56),
        ("gb:nsl_dual", 112.65),
        ("gb:motorway", 112.65),
        ("uk:nsl_single", 96.56),
        ("uk:nsl_dual", 112.65),
        ("uk:motorway", 112.65),
        ("nl:rural", 80.0),
        ("nl:trunk", 100.0),
        ("no:rural", 80.0),
        ("no:motorway", 110.0),
        ("pl:rural", 90.0),
        ("pl:motorway", 140.0),
        ("pt:motorway", 120.0),
        ("ro:trunk", 100.0),
        ("ru:urban", 60.0),
        ("ru:motorway", 110.0),
    ];
    const ZONES: &[(&str, f64)] = &[
        ("living_street", 20.0),
        ("walk", 7.0),
        ("urban", 50.0),
        ("rural", 90.0),
        ("trunk", 110.0),
        ("motorway", 130.0),
    ];
    if let Some((_, kmh)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*kmh);
    }
    let (_, zone) = name.split_once(':')?;
    if let Some(limit) = zone.strip_prefix("zone").map(|rest| rest.trim_start_matches(':')) {
        return limit.parse().ok().filter(|kmh| *kmh > 0.0); // FR:zone30, DE:zone:30
    }
    ZONES.iter().find(|(known, _)| *known == zone).map(|(_, kmh)| *kmh)
}

/// A length in centimetres from `3.5`, `3,5 m`, `350 cm`, `11'6"`, `12 ft`; `None` for `default`, `none` and the like.
///
/// Reference: wiki.openstreetmap.org/wiki/Key:maxheight (read 2026-11).
pub fn centimetres(text: &str) -> Option<u32> {
    const PER_INCH: f64 = 2.54;
    let text = text.trim();
    if let Some((feet, rest)) = text.split_once('\'') {
        let inches = rest.trim().trim_end_matches('"').trim();
        let inches: f64 = if inches.is_empty() { 0.0 } else { inches.parse().ok()? };
        return whole((feet.trim().parse::<f64>().ok()? * 12.0 + inches) * PER_INCH);
    }
    let (number, unit) = number_and_unit(text)?;
    let per_unit = match unit {
        "" | "m" => 100.0,
        "cm" => 1.0,
        "ft" | "feet" => 12.0 * PER_INCH,
        _ => return None,
    };
    whole(number * per_unit)
}

/// A mass in kilograms from `3.5`, `3,5 t`, `7500 kg`, `8000 lbs`, `5 st`; `None` where it says nothing.
///
/// Reference: wiki.openstreetmap.org/wiki/Key:maxweight (read 2026-11): tonnes where no unit is given.
pub fn kilograms(text: &str) -> Option<u32> {
    let (number, unit) = number_and_unit(text.trim())?;
    let per_unit = match unit {
        "" | "t" => 1000.0,
        "kg" => 1.0,
        "lb" | "lbs" => 0.453_592_37,
        "st" => 907.184_74,
        _ => return None,
    };
    whole(number * per_unit)
}

/// Seconds from `20` (minutes), `00:20`, `1:02:30`, `PT20M`, `PT1H5M`; `None` where it says nothing.
///
/// Reference: wiki.openstreetmap.org/wiki/Key:duration (read 2026-11).
pub fn duration_seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Some(iso) = text.strip_prefix("PT").or_else(|| text.strip_prefix("pt")) {
        return iso_duration(iso);
    }
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.parse().ok()).collect();
    let seconds = match parts?[..] {
        [minutes] => minutes.checked_mul(60)?,
        [hours, minutes] => hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?,
        [hours, minutes, seconds] => {
            hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?
        }
        _ => return None,
    };
    (seconds > 0).then_some(seconds)
}

fn iso_duration(text: &str) -> Option<u32> {
    let mut seconds = 0_u32;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u32 = rest[..digits].parse().ok()?;
        let unit = match rest.as_bytes()[digits].to_ascii_uppercase() {
            b'H' => 3600,
            b'M' => 60,
            b'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
    }
    (seconds > 0).then_some(seconds)
}

/// The number a text begins with, decimal comma or point, and what follows it.
fn number_and_unit(text: &str) -> Option<(f64, &str)> {
    let is_number = |(at, c): (usize, char)| {
        c.is_ascii_digit() || (at > 0 && (c == '.' || c == ',') && digit_follows(text, at))
    };
    let end = text.char_indices().find(|at| !is_number(*at)).map_or(text.len(), |(at, _)| at);
    let number = text[..end].replace(',', ".").parse().ok()?;
    Some((number, text[end..].trim()))
}

fn digit_follows(text: &str, at: usize) -> bool {
    text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
}

fn whole(number: f64) -> Option<u32> {
    (number.is_finite() && 0.0 < number && number < 1e9).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_read_as_mappers_write_them() {
        let cases = [
            ("50", Some(50.0)),
            ("50 km/h", Some(50.0)),
            ("30 mph", Some(48.280_32)),
            ("FR:rural", Some(80.0)),
            ("DE:rural", Some(100.0)),
            ("IT:rural", Some(90.0)),
            ("FR:zone30", Some(30.0)),
            ("DE:zone:20", Some(20.0)),
            ("walk", Some(7.0)),
            ("none", Some(140.0)),
            ("50;70", Some(50.0)),
            ("signals", None),
            ("variable", None),
            ("", None),
            ("0", None),
            ("50 furlongs", None),
            (".", None),
            ("9999999999999999999999999", Some(1e25)),
        ];
        for (text, expected) in cases {
            assert_eq!(speed_kmh(text), expected, "{text}");
        }
    }

    #[test]
    fn heights_and_weights_are_read_with_their_units() {
        let heights = [
            ("3.5", Some(350)),
            ("3,5 m", Some(350)),
            ("2.1m", Some(210)),
            ("380 cm", Some(380)),
            ("11'6\"", Some(351)),
            ("12'", Some(366)),
            ("default", None),
            ("none", None),
            ("0", None),
            ("-2", None),
            ("1e99", None),
        ];
        for (text, expected) in heights {
            assert_eq!(centimetres(text), expected, "{text}");
        }
        let weights =
            [("3.5", Some(3_500)), ("7.5 t", Some(7_500)), ("900 kg", Some(900)), ("10000 lbs", Some(4_536))];
        for (text, expected) in weights {
            assert_eq!(kilograms(text), expected, "{text}");
        }
    }

    #[test]
    fn durations_are_read_in_every_form() {
        let cases = [
            ("20", Some(1_200)),
            ("00:20", Some(1_200)),
            ("1:02:30", Some(3_750)),
            ("PT20M", Some(1_200)),
            ("PT1H5M", Some(3_900)),
            ("soon", None),
            ("00:00", None),
            ("99999999:00", None),
            ("PT", None),
        ];
        for (text, expected) in cases {
            assert_eq!(duration_seconds(text), expected, "{text}");
        }
    }
}
