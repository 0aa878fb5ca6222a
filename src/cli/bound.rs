//! How far a plan is from the best possible, in words and for programs.

use serde_json::{Value, json};
use tournee::bound::Kind;
use tournee::diagnostics::{Lang, Text};
use tournee::outputs::words::{euros, percent};
use tournee::plan::Proof;
use tournee::text;

/// What is proven, in one line.
pub fn words(proof: &Proof, lang: Lang) -> Text {
    let (Some(bound), Some(gap)) = (proof.bound, proof.gap()) else {
        return text!(
            "pas de borne : recherche interrompue, ou scénario trop grand",
            "no bound: the search was interrupted, or the scenario is too large"
        );
    };
    let in_euros = |cents: i64| euros(cents as f64 / 100.0, 2, lang);
    let (least, gap) = (in_euros(bound.total.cents_down()), gap.cents_up());
    let euros = in_euros(gap);
    // Hundredths of a percent.
    let near = match proof.gap_in_parts().map(|parts| percent(parts as f64 / 10_000.0, 2, lang)) {
        _ if gap == 0 => text!("aucun plan n’est meilleur", "no plan is better"),
        Some(parts) => text!(
            "à {parts} au plus du meilleur possible ({euros})",
            "within {parts} of the best possible ({euros})"
        ),
        None => text!("à {euros} au plus du meilleur possible", "within {euros} of the best possible"),
    };
    let weak =
        if proof.is_weak() { text!(" ; borne grossière", "; a coarse bound") } else { Text::default() };
    Text {
        fr: format!("{} ; aucun bilan n’est sous {least}{}", near.fr, weak.fr),
        en: format!("{}; no balance is below {least}{}", near.en, weak.en),
    }
}

/// The same for programs; null where nothing is proven.
pub fn json(proof: &Proof) -> Value {
    let (Some(bound), Some(gap)) = (proof.bound, proof.gap()) else { return Value::Null };
    let hundredths = |value: i64| value as f64 / 100.0;
    json!({
        "total": hundredths(bound.total.cents_down()),
        "gap": hundredths(gap.cents_up()),
        "gap_percent": proof.gap_in_parts().map(hundredths),
        "from": match bound.kind {
            Kind::Visits => "visits",
            Kind::Routes => "routes",
            Kind::Converged => "routes, converged",
        },
        "rounds": bound.rounds,
    })
}
