//! `structures.json` and `services.json` by the schema of data·inclusion, version 1: the organisation is the structure, each
//! served stop a service of it. What the scenario doesn't know (SIRET, fees, publics) is null rather than guessed.

use serde_json::{Value, json};

use super::{Feed, mail, words};
use crate::outputs::document::Stop;
use crate::outputs::markup::web_address;
use crate::outputs::names::hash;

/// Who produced the data, in the register's words.
const SOURCE: &str = "tournee";

/// Longest name and description.
const NAME_MAX: usize = 150;
const DESCRIPTION_MAX: usize = 10_000;

/// The only structure.
pub fn structures(feed: &Feed<'_>) -> Value {
    let asked = feed.organisation();
    json!([{
        "source": SOURCE,
        "id": structure_id(feed),
        "nom": name(feed.name()),
        "date_maj": feed.plan.document.scenario.start.to_string(),
        "siret": null,
        "commune": null,
        "code_postal": null,
        "code_insee": null,
        "adresse": null,
        "complement_adresse": null,
        "longitude": null,
        "latitude": null,
        "telephone": words(&asked.phone),
        "courriel": mail(&asked.email),
        "site_web": web_address(&asked.website),
        "description": description(&[feed.title(feed.name()), asked.notice.clone()]),
        "lien_source": null,
        "horaires_accueil": null,
        "accessibilite_lieu": null,
        "reseaux_porteurs": null,
    }])
}

/// One for each served stop.
pub fn services(feed: &Feed<'_>) -> Value {
    feed.served().map(|stop| service(feed, stop)).collect()
}

fn service(feed: &Feed<'_>, stop: &Stop) -> Value {
    let asked = feed.organisation();
    let (phone, mail) = (words(&asked.phone), mail(&asked.email));
    let ways_to_ask: Vec<&str> =
        [Some("se-presenter"), phone.map(|_| "telephoner"), mail.map(|_| "envoyer-un-courriel")]
            .into_iter()
            .flatten()
            .collect();
    let mut about = feed.rhythms(|series| series.stop == stop.id);
    about.insert(0, feed.title(&stop.name));
    json!({
        "source": SOURCE,
        "structure_id": structure_id(feed),
        "id": format!("{SOURCE}--{:016x}", hash([feed.name(), stop.id.as_str()])),
        "nom": name(&feed.title(&stop.name)),
        "description": description(&about),
        "date_maj": feed.plan.document.scenario.start.to_string(),
        "type": "aide-materielle",
        "thematiques": ["equipement-et-alimentation--alimentation"],
        "frais": null,
        "frais_precisions": null,
        "publics": null,
        "publics_precisions": null,
        "conditions_acces": words(&asked.notice),
        "commune": words(&stop.commune),
        "code_postal": null,
        "code_insee": insee(&stop.insee),
        "adresse": words(&stop.name),
        "complement_adresse": words(&stop.directions),
        "longitude": stop.lon,
        "latitude": stop.lat,
        "telephone": phone,
        "courriel": mail,
        "modes_accueil": ["en-presentiel"],
        "zone_eligibilite": null,
        "contact_nom_prenom": null,
        "lien_mobilisation": null,
        "modes_mobilisation": ways_to_ask,
        "mobilisable_par": ["usagers", "professionnels"],
        "mobilisation_precisions": null,
        "horaires_accueil": stop.opening_hours,
        "volume_horaire_hebdomadaire": null,
        "nombre_semaines": null,
        "lien_source": null,
    })
}

fn structure_id(feed: &Feed<'_>) -> String {
    format!("{SOURCE}--{:016x}", hash([feed.name()]))
}

/// 3 to 150 letters that don't end with a full stop.
fn name(typed: &str) -> String {
    let name: String = typed.trim().chars().take(NAME_MAX).collect();
    let name = name.trim_end_matches(['.', ' ']);
    if name.chars().count() < 3 { format!("{name} – –").trim().to_owned() } else { name.to_owned() }
}

fn description(paragraphs: &[String]) -> String {
    let known: Vec<&str> = paragraphs.iter().filter_map(|paragraph| words(paragraph)).collect();
    known.join("\n").chars().take(DESCRIPTION_MAX).collect()
}

/// A commune's code: five digits or letters.
fn insee(typed: &str) -> Option<&str> {
    Some(typed.trim()).filter(|code| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
