//! Numbers, shares and weights.

use super::Case;
use super::Change::{Edit, Put};

pub const CASES: &[Case] = &[
    Case {
        what: "capacity zero",
        changes: &[Edit("antennas.csv", "60", "0")],
        says: "antennas.csv, row 2, column `capacity`: expected a whole number from 1 to 100000 (households), \
               found `0` [T016]\n\
               \x20 help: check the value and its unit",
        dit: "antennas.csv, ligne 2, colonne « capacity » : attendu un nombre entier de 1 à 100000 (foyers), \
              trouvé « 0 » [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
    Case {
        what: "no capacity",
        changes: &[Edit("antennas.csv", "60", "")],
        says: "antennas.csv, row 2, column `capacity`: expected `capacity` in households or `capacity_kg`, found \
               neither [T037]\n\
               \x20 help: give at least one of the two",
        dit: "antennas.csv, ligne 2, colonne « capacity » : attendu `capacity` en foyers ou `capacity_kg`, trouvé \
              ni l'une ni l'autre [T037]\n\
              \x20 aide : donnez au moins l'une des deux",
    },
    Case {
        what: "negative households",
        changes: &[Edit("stops.csv", "20,weekly", "-20,weekly")],
        says: "stops.csv, row 2, column `households`: expected a whole number from 0 to 100000 (households), found \
               `-20` [T016]\n\
               \x20 help: check the value and its unit",
        dit: "stops.csv, ligne 2, colonne « households » : attendu un nombre entier de 0 à 100000 (foyers), \
              trouvé « -20 » [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
    Case {
        what: "households not known",
        changes: &[Edit("stops.csv", "20,weekly", "ns,weekly")],
        says: "stops.csv, row 2, column `households`: expected a whole number from 0 to 100000 (households), found \
               `ns` [T017]\n\
               \x20 help: give an estimate; 0 where there is nobody",
        dit: "stops.csv, ligne 2, colonne « households » : attendu un nombre entier de 0 à 100000 (foyers), \
              trouvé « ns » [T017]\n\
              \x20 aide : donnez une estimation ; 0 s'il n'y a personne",
    },
    Case {
        what: "need not known",
        changes: &[Edit("places.csv", "12.5", "n.c.")],
        says: "places.csv, row 2, column `households`: expected a number from 0 to 1000000 (households), found \
               `n.c.` [T017]\n\
               \x20 help: give an estimate; 0 where there is nobody",
        dit: "places.csv, ligne 2, colonne « households » : attendu un nombre de 0 à 1000000 (foyers), trouvé « \
              n.c. » [T017]\n\
              \x20 aide : donnez une estimation ; 0 s'il n'y a personne",
    },
    Case {
        what: "half a household",
        changes: &[Edit("stops.csv", "20,weekly", "20.5,weekly")],
        says: "stops.csv, row 2, column `households`: expected a whole number from 0 to 100000 (households), found \
               `20.5` [T015]\n\
               \x20 help: round it",
        dit: "stops.csv, ligne 2, colonne « households » : attendu un nombre entier de 0 à 100000 (foyers), \
              trouvé « 20.5 » [T015]\n\
              \x20 aide : arrondissez-le",
    },
    Case {
        what: "a number with letters",
        changes: &[Edit("stops.csv", "20,weekly", "2O,weekly")],
        says: "stops.csv, row 2, column `households`: expected a whole number from 0 to 100000 (households), found \
               `2O` [T015]\n\
               \x20 help: write the number alone, in households",
        dit: "stops.csv, ligne 2, colonne « households » : attendu un nombre entier de 0 à 100000 (foyers), \
              trouvé « 2O » [T015]\n\
              \x20 aide : écrivez le nombre seul, en foyers",
    },
    Case {
        what: "a thousand or a decimal",
        changes: &[Edit("places.csv", "12.5", "\"1,234\"")],
        says: "places.csv, row 2, column `households`: expected a number from 0 to 1000000 (households), found \
               `1,234` [T030]\n\
               \x20 help: write 1234 without a comma, or the decimal number with a point",
        dit: "places.csv, ligne 2, colonne « households » : attendu un nombre de 0 à 1000000 (foyers), trouvé « \
              1,234 » [T030]\n\
              \x20 aide : écrivez 1234 sans virgule, ou le nombre décimal avec un point",
    },
    Case {
        what: "pounds instead of kilograms",
        changes: &[Put("stops.csv", "id,name,lon,lat,kg_per_household\nlormes,Lormes,3.82,47.29,12 lb\n")],
        says: "stops.csv, row 2, column `kg_per_household`: expected a number from 0 to 1000 (kg), found `12 lb` \
               [T015]\n\
               \x20 help: write the number alone, in kg",
        dit: "stops.csv, ligne 2, colonne « kg_per_household » : attendu un nombre de 0 à 1000 (kg), trouvé « 12 \
              lb » [T015]\n\
              \x20 aide : écrivez le nombre seul, en kg",
    },
    Case {
        what: "shares written in two ways",
        changes: &[Put(
            "places.csv",
            "id,lon,lat,households,carless_share\np1,3.8,47.28,10,\"0,2\"\np2,3.81,47.28,10,35 %\n",
        )],
        says: "places.csv, row 2, column `carless_share`: expected the whole column from 0 to 1, or the whole in \
               per cent, found `0,2`, and `35 %` at row 3 [T031]\n\
               \x20 help: write all shares the same way",
        dit: "places.csv, ligne 2, colonne « carless_share » : attendu toute la colonne de 0 à 1, ou toute en \
              pour cent, trouvé « 0,2 », et « 35 % » à la ligne 3 [T031]\n\
              \x20 aide : écrivez toutes les parts de la même façon",
    },
    Case {
        what: "a share above one",
        changes: &[Put("places.csv", "id,lon,lat,households,carless_share\np1,3.80,47.28,10,150 %\n")],
        says: "places.csv, row 2, column `carless_share`: expected a share from 0 to 1, or a percentage, found \
               `150 %` [T016]\n\
               \x20 help: a share is at most 1, or 100 %",
        dit: "places.csv, ligne 2, colonne « carless_share » : attendu une part de 0 à 1, ou un pourcentage, \
              trouvé « 150 % » [T016]\n\
              \x20 aide : une part ne dépasse pas 1, ou 100 %",
    },
    Case {
        what: "a spreadsheet error",
        changes: &[Edit("stops.csv", "20,weekly", "#REF!,weekly")],
        says: "stops.csv, row 2, column `households`: expected a whole number from 0 to 100000 (households), found \
               `#REF!` [T015]\n\
               \x20 help: write a number alone",
        dit: "stops.csv, ligne 2, colonne « households » : attendu un nombre entier de 0 à 100000 (foyers), \
              trouvé « #REF! » [T015]\n\
              \x20 aide : écrivez un nombre seul",
    },
    Case {
        what: "parcels without weight",
        changes: &[Put("antennas.csv", "id,depot,capacity_kg\nbus,nevers,500\n")],
        says: "antennas.csv, row 2, column `capacity_kg`: expected the weight of a parcel, `kg_per_household`, in \
               table `stops`, found no weight [T038]\n\
               \x20 help: give `kg_per_household`, or `capacity` in households",
        dit: "antennas.csv, ligne 2, colonne « capacity_kg » : attendu le poids d'un colis, `kg_per_household`, \
              dans la table `stops`, trouvé aucun poids [T038]\n\
              \x20 aide : donnez `kg_per_household`, ou `capacity` en foyers",
    },
    Case {
        what: "an impossible value",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[objective]\nvalue_per_household = -1")],
        says: "scenario.toml, row 4, key `objective.value_per_household`: expected a number from 0 to 100000 (€), \
               found `-1` [T016]\n\
               \x20 help: check the value and its unit",
        dit: "scenario.toml, ligne 4, clé « objective.value_per_household » : attendu un nombre de 0 à 100000 \
              (€), trouvé « -1 » [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
];
