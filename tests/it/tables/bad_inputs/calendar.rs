//! Rhythms, days, closures and locks.

use super::Case;
use super::Change::{Edit, Put};

pub const CASES: &[Case] = &[
    Case {
        what: "a rhythm nobody knows",
        changes: &[Edit("stops.csv", "20,weekly", "20,souvent")],
        says: "stops.csv, row 2, column `rhythm`: expected a rhythm such as `every 2 weeks`, found `souvent` \
               [T024]\n\
               \x20 help: write for instance weekly, 2/week, fortnightly, every 3 weeks, 1st tue of month",
        dit: "stops.csv, ligne 2, colonne « rhythm » : attendu un rythme comme `tous les 15 jours`, trouvé « \
              souvent » [T024]\n\
              \x20 aide : écrivez par exemple hebdomadaire, 2x/semaine, tous les 15 jours, toutes les 3 semaines, \
              1er mardi du mois",
    },
    Case {
        what: "a rhythm that the cycle can't hold",
        changes: &[Edit("stops.csv", "20,weekly", "20,fortnightly")],
        says: "stops.csv, row 2, column `rhythm`: expected a rhythm that divides the cycle (weeks = 1), found \
               `fortnightly` [T025]\n\
               \x20 help: set weeks = 2 or 4 or 6 in scenario.toml, or change the rhythm",
        dit: "stops.csv, ligne 2, colonne « rhythm » : attendu un rythme qui divise le cycle (weeks = 1), trouvé \
              « fortnightly » [T025]\n\
              \x20 aide : mettez weeks = 2 ou 4 ou 6 dans scenario.toml, ou changez le rythme",
    },
    Case {
        what: "a rhythm that no allowed day satisfies",
        changes: &[Put(
            "stops.csv",
            "id,name,lon,lat,rhythm,days\nlormes,Lormes,3.82,47.29,3/week,\"lun, jeu\"\n",
        )],
        says: "stops.csv, row 2, column `rhythm`: expected enough days for the rhythm `3/week`, found Monday, \
               Thursday [T026]\n\
               \x20 help: change the rhythm, or open other days: `days` and `opens` of the stop, `days` of its \
               antennas",
        dit: "stops.csv, ligne 2, colonne « rhythm » : attendu assez de jours pour le rythme « 3/week », trouvé \
              lundi, jeudi [T026]\n\
              \x20 aide : changez le rythme, ou ouvrez d'autres jours : `days` et `opens` de l'arrêt, `days` de \
              ses antennes",
    },
    Case {
        what: "a monthly rhythm on a closed weekday",
        changes: &[Put(
            "stops.csv",
            "id,name,lon,lat,rhythm,opens\nlormes,Lormes,3.82,47.29,1er mardi du mois,lun 9h-12h\n",
        )],
        says: "stops.csv, row 2, column `rhythm`: expected enough days for the rhythm `1er mardi du mois`, found \
               Monday [T026]\n\
               \x20 help: change the rhythm, or open other days: `days` and `opens` of the stop, `days` of its \
               antennas",
        dit: "stops.csv, ligne 2, colonne « rhythm » : attendu assez de jours pour le rythme « 1er mardi du mois \
              », trouvé lundi [T026]\n\
              \x20 aide : changez le rythme, ou ouvrez d'autres jours : `days` et `opens` de l'arrêt, `days` de \
              ses antennes",
    },
    Case {
        what: "a stop open only when no antenna works",
        changes: &[Put("stops.csv", "id,name,lon,lat,days\nlormes,Lormes,3.82,47.29,dimanche\n")],
        says: "stops.csv, row 2, column `days`: expected enough days for the rhythm `weekly`, found no day [T026]\n\
               \x20 help: change the rhythm, or open other days: `days` and `opens` of the stop, `days` of its \
               antennas",
        dit: "stops.csv, ligne 2, colonne « days » : attendu assez de jours pour le rythme « weekly », trouvé \
              aucun jour [T026]\n\
              \x20 aide : changez le rythme, ou ouvrez d'autres jours : `days` et `opens` de l'arrêt, `days` de \
              ses antennes",
    },
    Case {
        what: "days that are none",
        changes: &[Put("stops.csv", "id,name,lon,lat,days\nlormes,Lormes,3.82,47.29,lun-xyz\n")],
        says: "stops.csv, row 2, column `days`: expected days such as `mon-fri` or `tue, thu`, found `lun-xyz` \
               [T020]\n\
               \x20 help: write names of days, or a range: mon-fri",
        dit: "stops.csv, ligne 2, colonne « days » : attendu des jours comme `lun-ven` ou `mar, jeu`, trouvé « \
              lun-xyz » [T020]\n\
              \x20 aide : écrivez des noms de jours, ou un intervalle : lun-ven",
    },
    Case {
        what: "a date that is none",
        changes: &[Put("closures.csv", "date\n2027-02-30\n")],
        says: "closures.csv, row 2, column `date`: expected a date such as `2027-01-04`, found `2027-02-30` \
               [T019]\n\
               \x20 help: write year-month-day, or day/month/year",
        dit: "closures.csv, ligne 2, colonne « date » : attendu une date comme `2027-01-04`, trouvé « 2027-02-30 \
              » [T019]\n\
              \x20 aide : écrivez année-mois-jour, ou jour/mois/année",
    },
    Case {
        what: "a month first date",
        changes: &[Put("fermetures.csv", "date\n01/25/2027\n")],
        says: "fermetures.csv, row 2, column `date`: expected a date such as `2027-01-04`, found `01/25/2027` \
               [T019]\n\
               \x20 help: write year-month-day, or day/month/year",
        dit: "fermetures.csv, ligne 2, colonne « date » : attendu une date comme `2027-01-04`, trouvé « \
              01/25/2027 » [T019]\n\
              \x20 aide : écrivez année-mois-jour, ou jour/mois/année",
    },
    Case {
        what: "a closure that ends before it starts",
        changes: &[Put("closures.csv", "from,to\n2027-01-08,2027-01-05\n")],
        says: "closures.csv, row 2, column `to`: expected a date from 2027-01-08 on, found 2027-01-05 [T022]\n\
               \x20 help: swap the two dates",
        dit: "closures.csv, ligne 2, colonne « to » : attendu une date à partir du 2027-01-08, trouvé 2027-01-05 \
              [T022]\n\
              \x20 aide : échangez les deux dates",
    },
    Case {
        what: "a closure with two kinds of dates",
        changes: &[Put("closures.csv", "date,from\n2027-01-08,2027-01-05\n")],
        says: "closures.csv, row 2, column `date`: expected `date` alone, or `from` and `to`, found both [T038]\n\
               \x20 help: leave `date` blank, or `from` and `to`",
        dit: "closures.csv, ligne 2, colonne « date » : attendu `date` seule, ou `from` et `to`, trouvé les deux \
              [T038]\n\
              \x20 aide : videz `date`, ou `from` et `to`",
    },
    Case {
        what: "a closure of nobody's day",
        changes: &[Put("closures.csv", "date,reason\n,fête\n")],
        says: "closures.csv, row 2, column `date`: expected a date such as `2027-01-04`, found an empty cell \
               [T012]\n\
               \x20 help: fill in `date`, or `from` and `to`",
        dit: "closures.csv, ligne 2, colonne « date » : attendu une date comme `2027-01-04`, trouvé une cellule \
              vide [T012]\n\
              \x20 aide : remplissez `date`, ou `from` et `to`",
    },
    Case {
        what: "a closure of a stop and an antenna",
        changes: &[Put("closures.csv", "date,stop,antenna\n2027-01-08,lormes,bus\n")],
        says: "closures.csv, row 2, column `antenna`: expected a stop or an antenna, found both [T038]\n\
               \x20 help: make two rows",
        dit: "closures.csv, ligne 2, colonne « antenna » : attendu un arrêt ou une antenne, trouvé les deux \
              [T038]\n\
              \x20 aide : faites deux lignes",
    },
    Case {
        what: "a closure in another year",
        changes: &[Put("closures.csv", "date\n2026-01-08\n")],
        says: "warning: closures.csv, row 2, column `date`: expected a published date, from 2027-01-04 to 2027-01-10, found \
               2026-01-08 [T044]\n\
               \x20 help: this closure changes nothing; check the year",
        dit: "attention : closures.csv, ligne 2, colonne « date » : attendu une date publiée, du 2027-01-04 au 2027-01-10, \
              trouvé 2026-01-08 [T044]\n\
              \x20 aide : cette fermeture ne change rien ; vérifiez l'année",
    },
    Case {
        what: "a lock outside the published days",
        changes: &[Put("locks.csv", "stop,date\nlormes,2027-02-02\n")],
        says: "locks.csv, row 2, column `date`: expected a published date, from 2027-01-04 to 2027-01-10, found \
               2027-02-02 [T044]\n\
               \x20 help: mend the date, or `until` in scenario.toml",
        dit: "locks.csv, ligne 2, colonne « date » : attendu une date publiée, du 2027-01-04 au 2027-01-10, \
              trouvé 2027-02-02 [T044]\n\
              \x20 aide : corrigez la date, ou `until` dans scenario.toml",
    },
    Case {
        what: "a lock whose weekday is not its date's",
        changes: &[Put("locks.csv", "stop,date,weekday\nlormes,2027-01-05,lundi\n")],
        says: "locks.csv, row 2, column `weekday`: expected the weekday of 2027-01-05, found `lundi` [T038]\n\
               \x20 help: leave one of the two blank, or mend the date",
        dit: "locks.csv, ligne 2, colonne « weekday » : attendu le jour de la date 2027-01-05, trouvé « lundi » \
              [T038]\n\
              \x20 aide : videz l'une des deux cellules, ou corrigez la date",
    },
    Case {
        what: "a lock of no stop",
        changes: &[Put("locks.csv", "stop,weekday\n,lundi\n")],
        says: "locks.csv, row 2, column `stop`: expected the `id` of a row of `stops`, found an empty cell [T012]\n\
               \x20 help: fill it in: The stop, which becomes required",
        dit: "locks.csv, ligne 2, colonne « stop » : attendu l'`id` d'une ligne de `stops`, trouvé une cellule \
              vide [T012]\n\
              \x20 aide : remplissez-la : L'arrêt, qui devient obligatoire",
    },
];
