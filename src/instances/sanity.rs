//! What every format can get wrong: windows, loads that fit no vehicle, numbers too large to count with.

use super::text::Findings;
use super::{Instance, Objective, lower};
use crate::diagnostics::Text;
use crate::text;

/// Most slots: kinds of vehicle times days times depots.
const SLOTS_MAX: usize = 100_000;

/// Collects findings about `instance`.
pub(super) fn check(instance: &Instance, findings: &mut Findings) {
    if instance.customers.is_empty() {
        findings.error(
            "B006",
            None,
            text!("au moins un client", "at least one customer"),
            text!("aucun", "none"),
            text!("complétez le fichier", "complete the file"),
        );
    }
    if instance.slots.len() > SLOTS_MAX {
        let found = instance.slots.len();
        findings.error(
            "B018",
            None,
            text!(
                "au plus {SLOTS_MAX} combinaisons de type, jour et dépôt",
                "at most {SLOTS_MAX} combinations of type, day and depot"
            ),
            Text::same(found.to_string()),
            text!("réduisez l’instance", "reduce the instance"),
        );
    }
    for (number, depot) in (1..).zip(&instance.depots) {
        if depot.closes < depot.opens {
            let (opens, closes) = (depot.opens, depot.closes);
            findings.error(
                "B016",
                None,
                text!(
                    "un dépôt qui ferme après avoir ouvert (à {opens})",
                    "a depot that closes after it opens (at {opens})"
                ),
                text!("{closes} pour le dépôt {number}", "{closes} for depot {number}"),
                text!("corrigez la fenêtre du dépôt", "correct the window of the depot"),
            );
        }
    }
    for index in 0..instance.customers.len() {
        check_customer(instance, index, findings);
    }
    if let Err(too_much) = lower::Scale::of(instance) {
        findings.error(
            "B018",
            None,
            too_much,
            text!("davantage", "more"),
            text!(
                "réduisez l’instance, ou divisez ses nombres",
                "reduce the instance, or divide its numbers"
            ),
        );
    }
}

fn check_customer(instance: &Instance, index: usize, findings: &mut Findings) {
    let customer = &instance.customers[index];
    let (number, row) = (index + 1, Some(customer.row).filter(|row| *row > 0));
    if customer.closes < customer.opens {
        let (opens, closes) = (customer.opens, customer.closes);
        findings.error(
            "B016",
            row,
            text!(
                "une fenêtre qui ferme après avoir ouvert (à {opens})",
                "a window that closes after it opens (at {opens})"
            ),
            text!("{closes} pour le client {number}", "{closes} for customer {number}"),
            text!("corrigez la fenêtre", "correct the window"),
        );
    }
    if customer.day_sets.is_empty() && customer.required {
        findings.error(
            "B015",
            row,
            text!("au moins une combinaison de jours", "at least one combination of days"),
            text!("aucune pour le client {number}", "none for customer {number}"),
            text!("complétez la ligne", "complete the row"),
        );
    }
    let serves =
        |vehicle: &&super::Vehicle| vehicle.serves.as_ref().is_none_or(|serves| serves.contains(index));
    let mut allowed = instance.vehicles.iter().filter(serves).peekable();
    let demand = customer.demand;
    // Optional customers that fit no vehicle are left out without harm; so is one of a group while another fits.
    if allowed.peek().is_none() {
        let found = text!("aucun pour le client {number}", "none for customer {number}");
        let expected = text!("un véhicule qui peut le servir", "a vehicle that may serve it");
        let help = text!("complétez les véhicules autorisés", "complete the allowed vehicles");
        if customer.required {
            findings.error("B017", row, expected, found, help);
        } else {
            findings.warning("B017", row, expected, found, help);
        }
        return;
    }
    let largest = allowed.map(|vehicle| vehicle.capacity).fold(0.0, f64::max);
    if demand > largest {
        let expected = text!(
            "une demande d’au plus {largest}, la plus grande capacité",
            "a demand of at most {largest}, the largest capacity"
        );
        let found = text!("{demand} pour le client {number}", "{demand} for customer {number}");
        let help = text!(
            "corrigez la demande ou la capacité, ou coupez ce client en deux",
            "correct the demand or the capacity, or split this customer"
        );
        if customer.required && instance.convention.objective != Objective::Score {
            findings.error("B011", row, expected, found, help);
        } else {
            findings.warning("B011", row, expected, found, help);
        }
    }
}
