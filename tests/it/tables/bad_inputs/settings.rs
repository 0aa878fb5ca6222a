//! `scenario.toml`.

use super::Case;
use super::Change::{Edit, Put};

pub const CASES: &[Case] = &[
    Case {
        what: "a start that is no Monday",
        changes: &[Edit("scenario.toml", "2027-01-04", "2027-01-06")],
        says: "scenario.toml, row 1, key `start`: expected a Monday, found 2027-01-06, a Wednesday [T034]\n\
               \x20 help: the nearest Monday is 2027-01-04",
        dit: "scenario.toml, ligne 1, clé « start » : attendu un lundi, trouvé 2027-01-06, un mercredi [T034]\n\
              \x20 aide : le lundi le plus proche est le 2027-01-04",
    },
    Case {
        what: "no start",
        changes: &[Edit("scenario.toml", "start = 2027-01-04\n", "")],
        says: "scenario.toml, key `start`: expected a date, found nothing [T012]\n\
               \x20 help: write the cycle's first Monday: start = 2027-01-04",
        dit: "scenario.toml, clé « start » : attendu une date, trouvé rien [T012]\n\
              \x20 aide : écrivez le premier lundi du cycle : start = 2027-01-04",
    },
    Case {
        what: "weeks out of range",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 7")],
        says: "scenario.toml, row 2, key `weeks`: expected a whole number from 1 to 6 (weeks), found `7` [T016]\n\
               \x20 help: check the value and its unit",
        dit: "scenario.toml, ligne 2, clé « weeks » : attendu un nombre entier de 1 à 6 (semaines), trouvé « 7 » \
              [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
    Case {
        what: "an end before the cycle's",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 2\nuntil = 2027-01-12")],
        says: "scenario.toml, row 3, key `until`: expected a date from 2027-01-17 on, the end of the first cycle, \
               found 2027-01-12 [T035]\n\
               \x20 help: remove `until`, or put it later",
        dit: "scenario.toml, ligne 3, clé « until » : attendu une date à partir du 2027-01-17, fin du premier \
              cycle, trouvé 2027-01-12 [T035]\n\
              \x20 aide : retirez `until`, ou repoussez-la",
    },
    Case {
        what: "an end too far away",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 2\nuntil = 2029-01-12")],
        says: "scenario.toml, row 3, key `until`: expected at most 400 published days, found 2029-01-12, 740 days \
               [T035]\n\
               \x20 help: put `until` earlier",
        dit: "scenario.toml, ligne 3, clé « until » : attendu 400 jours publiés au plus, trouvé 2029-01-12, 740 \
              jours [T035]\n\
              \x20 aide : rapprochez `until`",
    },
    Case {
        what: "an unknown key",
        changes: &[Edit("scenario.toml", "weeks = 1", "week = 1")],
        says: "scenario.toml, row 2, key `week`: expected a known key, found `week` [T033]\n\
               \x20 help: did you mean `weeks`?",
        dit: "scenario.toml, ligne 2, clé « week » : attendu une clé connue, trouvé « week » [T033]\n\
              \x20 aide : vouliez-vous dire « weeks » ?",
    },
    Case {
        what: "a key in the wrong section",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\nseed = 4")],
        says: "scenario.toml, row 3, key `seed`: expected a known key, found `seed` [T033]\n\
               \x20 help: put it in section [solver]",
        dit: "scenario.toml, ligne 3, clé « seed » : attendu une clé connue, trouvé « seed » [T033]\n\
              \x20 aide : mettez-la dans la section [solver]",
    },
    Case {
        what: "an unknown section",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[road]\nsource = \"sketch\"")],
        says: "scenario.toml, row 3, key `road`: expected a known section, found `road` [T033]\n\
               \x20 help: did you mean `roads`?",
        dit: "scenario.toml, ligne 3, clé « road » : attendu une section connue, trouvé « road » [T033]\n\
              \x20 aide : vouliez-vous dire « roads » ?",
    },
    Case {
        what: "an unknown class of road",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[roads.speeds]\nprimery = 60")],
        says: "scenario.toml, row 4, key `roads.speeds.primery`: expected a known key, found `primery` [T033]\n\
               \x20 help: did you mean `primary`?",
        dit: "scenario.toml, ligne 4, clé « roads.speeds.primery » : attendu une clé connue, trouvé « primery » [T033]\n\
              \x20 aide : vouliez-vous dire « primary » ?",
    },
    Case {
        what: "a speed out of range",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[roads.speeds]\nprimary = 600")],
        says: "scenario.toml, row 4, key `roads.speeds.primary`: expected a number from 1 to 130 (km/h), found `600` \
               [T016]\n\
               \x20 help: check the value and its unit",
        dit: "scenario.toml, ligne 4, clé « roads.speeds.primary » : attendu un nombre de 1 à 130 (km/h), trouvé « 600 » \
              [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
    Case {
        what: "an unknown time zone",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\ntimezone = \"Europe/Pari\"")],
        says: "scenario.toml, row 3, key `timezone`: expected a time zone such as `Europe/Paris`, found \
               `Europe/Pari` [T036]\n\
               \x20 help: did you mean `Europe/Paris`?",
        dit: "scenario.toml, ligne 3, clé « timezone » : attendu un fuseau horaire comme `Europe/Paris`, trouvé « \
              Europe/Pari » [T036]\n\
              \x20 aide : vouliez-vous dire « Europe/Paris » ?",
    },
    Case {
        what: "a word that is no choice",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[coverage]\nrule = \"car-25min\"")],
        says: "scenario.toml, row 4, key `coverage.rule`: expected one of `car-15min`, `car-20min`, `car-30min`, \
               `road-20km`, `custom`, found `car-25min` [T023]\n\
               \x20 help: did you mean `car-15min`?",
        dit: "scenario.toml, ligne 4, clé « coverage.rule » : attendu l'un de `car-15min`, `car-20min`, \
              `car-30min`, `road-20km`, `custom`, trouvé « car-25min » [T023]\n\
              \x20 aide : vouliez-vous dire « car-15min » ?",
    },
    Case {
        what: "a custom rule without limits",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[coverage]\nrule = \"custom\"")],
        says: "scenario.toml, row 4, key `coverage.rule`: expected `drive_minutes` or `road_km`, as the rule is \
               `custom`, found neither [T038]\n\
               \x20 help: give one of the two",
        dit: "scenario.toml, ligne 4, clé « coverage.rule » : attendu `drive_minutes` ou `road_km`, puisque la \
              règle est `custom`, trouvé ni l'une ni l'autre [T038]\n\
              \x20 aide : donnez l'une des deux",
    },
    Case {
        what: "a limit beside a ready-made rule",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[coverage]\ndrive_minutes = 25")],
        says: "scenario.toml, row 4, key `coverage.drive_minutes`: expected nothing, as the rule is `car-20min`, \
               found `25` [T038]\n\
               \x20 help: set rule = \"custom\", or remove this key",
        dit: "scenario.toml, ligne 4, clé « coverage.drive_minutes » : attendu rien, puisque la règle est \
              `car-20min`, trouvé « 25 » [T038]\n\
              \x20 aide : mettez rule = \"custom\", ou retirez cette clé",
    },
    Case {
        what: "settings that are not TOML",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks 1")],
        says: "scenario.toml, row 2: expected a line such as `weeks = 2` or `[roads]`, found `weeks 1` (key with \
               no value, expected `=`) [T032]\n\
               \x20 help: texts and times go between quotes: time = \"60s\"",
        dit: "scenario.toml, ligne 2 : attendu une ligne comme `weeks = 2` ou `[roads]`, trouvé « weeks 1 » \
              [T032]\n\
              \x20 aide : les textes et les heures se mettent entre guillemets : time = \"60s\"",
    },
    Case {
        what: "speeds that do not increase",
        changes: &[Edit(
            "scenario.toml",
            "weeks = 1",
            "weeks = 1\n[roads]\nsketch_speeds = [[5, 30], [1, 50]]",
        )],
        says: "scenario.toml, row 4, key `roads.sketch_speeds`: expected 1 to 20 pairs [km, km/h], with increasing \
               km from 0.01 to 1000 and km/h from 1 to 130, found `[[5, 30], [1, 50]]` [T045]\n\
               \x20 help: write for instance [[1, 30], [5, 50], [20, 65]]",
        dit: "scenario.toml, ligne 4, clé « roads.sketch_speeds » : attendu 1 à 20 paires [km, km/h], de 0,01 à \
              1000 km croissants et de 1 à 130 km/h, trouvé « [[5, 30], [1, 50]] » [T045]\n\
              \x20 aide : écrivez par exemple [[1, 30], [5, 50], [20, 65]]",
    },
    Case {
        what: "a list where a number belongs",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = [1]")],
        says: "scenario.toml, row 2, key `weeks`: expected a whole number from 1 to 6 (weeks), found `[1]` [T045]\n\
               \x20 help: write for instance 2",
        dit: "scenario.toml, ligne 2, clé « weeks » : attendu un nombre entier de 1 à 6 (semaines), trouvé « [1] \
              » [T045]\n\
              \x20 aide : écrivez par exemple 2",
    },
    Case {
        what: "a priority nobody knows",
        changes: &[Put("stops.csv", "id,name,lon,lat,priority\nlormes,Lormes,3.82,47.29,requird\n")],
        says: "stops.csv, row 2, column `priority`: expected one of `required`, `optional`, found `requird` \
               [T023]\n\
               \x20 help: did you mean `required`?",
        dit: "stops.csv, ligne 2, colonne « priority » : attendu l'un de `required`, `optional`, trouvé « requird \
              » [T023]\n\
              \x20 aide : vouliez-vous dire « required » ?",
    },
];
