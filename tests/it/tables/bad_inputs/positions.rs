//! Longitudes, latitudes and Lambert-93.

use super::Case;
use super::Change::{Edit, Put};

pub const CASES: &[Case] = &[
    Case {
        what: "longitude and latitude swapped",
        changes: &[Edit("stops.csv", "3.82,47.29", "47.29,3.82")],
        says: "stops.csv, row 2, column `lon`: expected a longitude, then a latitude, in France, found `47.29` and \
               `3.82` [T027]\n\
               \x20 help: swap them: the lon and lat columns are the wrong way round",
        dit: "stops.csv, ligne 2, colonne « lon » : attendu une longitude puis une latitude en France, trouvé « \
              47.29 » et « 3.82 » [T027]\n\
              \x20 aide : échangez-les : les colonnes lon et lat sont inversées",
    },
    Case {
        what: "Lambert-93 metres as degrees",
        changes: &[Edit("stops.csv", "3.82,47.29", "762000,6688000")],
        says: "stops.csv, row 2, column `lon`: expected degrees, longitude and latitude, found `762000` and \
               `6688000` [T028]\n\
               \x20 help: these are Lambert-93 metres: name the columns x and y",
        dit: "stops.csv, ligne 2, colonne « lon » : attendu des degrés, longitude puis latitude, trouvé « 762000 \
              » et « 6688000 » [T028]\n\
              \x20 aide : ce sont des mètres Lambert-93 : nommez ces colonnes x et y",
    },
    Case {
        what: "degrees as Lambert-93",
        changes: &[Put("places.csv", "id,x,y,households\np1,3.8,47.28,10\n")],
        says: "places.csv, row 2, column `y`: expected a Lambert-93 northing in metres, from 6000000 to 7200000, \
               found `47.28` [T028]\n\
               \x20 help: these are degrees: name the columns lon and lat",
        dit: "places.csv, ligne 2, colonne « y » : attendu une ordonnée Lambert-93 en mètres, de 6000000 à \
              7200000, trouvé « 47.28 » [T028]\n\
              \x20 aide : ce sont des degrés : nommez ces colonnes lon et lat",
    },
    Case {
        what: "Lambert II metres",
        changes: &[Put("places.csv", "id,x,y,households\np1,712000,2255000,10\n")],
        says: "places.csv, row 2, column `y`: expected a Lambert-93 northing in metres, from 6000000 to 7200000, \
               found `2255000` [T028]\n\
               \x20 help: this looks like Lambert II étendu: convert to Lambert-93 or to degrees",
        dit: "places.csv, ligne 2, colonne « y » : attendu une ordonnée Lambert-93 en mètres, de 6000000 à \
              7200000, trouvé « 2255000 » [T028]\n\
              \x20 aide : cela ressemble à du Lambert II étendu : convertissez en Lambert-93 ou en degrés",
    },
    Case {
        what: "a latitude beyond the pole",
        changes: &[Edit("stops.csv", "3.82,47.29", "3.82,147.29")],
        says: "stops.csv, row 2, column `lat`: expected a latitude in degrees, from -90 to 90, found `147.29` \
               [T016]\n\
               \x20 help: check the decimal mark and the order of the columns",
        dit: "stops.csv, ligne 2, colonne « lat » : attendu une latitude en degrés, de -90 à 90, trouvé « 147.29 \
              » [T016]\n\
              \x20 aide : vérifiez la virgule et l'ordre des colonnes",
    },
    Case {
        what: "half a position",
        changes: &[Edit("stops.csv", "3.82,47.29", "3.82,")],
        says: "stops.csv, row 2, column `lat`: expected a latitude in degrees, from -90 to 90, found an empty cell \
               [T029]\n\
               \x20 help: give both coordinates",
        dit: "stops.csv, ligne 2, colonne « lat » : attendu une latitude en degrés, de -90 à 90, trouvé une \
              cellule vide [T029]\n\
              \x20 aide : donnez les deux coordonnées",
    },
    Case {
        what: "no position",
        changes: &[Edit("stops.csv", "3.82,47.29", ",")],
        says: "stops.csv, row 2, column `lon`: expected a position, found an empty cell [T012]\n\
               \x20 help: give longitude and latitude, or x and y in Lambert-93",
        dit: "stops.csv, ligne 2, colonne « lon » : attendu une position, trouvé une cellule vide [T012]\n\
              \x20 aide : donnez la longitude et la latitude, ou x et y en Lambert-93",
    },
    Case {
        what: "zero and zero",
        changes: &[Edit("stops.csv", "3.82,47.29", "0,0")],
        says: "stops.csv, row 2, column `lon`: expected a position, found 0 and 0, at sea off Africa [T029]\n\
               \x20 help: leave blank what isn't known, then look the position up",
        dit: "stops.csv, ligne 2, colonne « lon » : attendu une position, trouvé 0 et 0, en mer au large de \
              l'Afrique [T029]\n\
              \x20 aide : laissez vide ce qui n'est pas connu, puis cherchez la position",
    },
    Case {
        what: "degrees and minutes",
        changes: &[Edit("stops.csv", "3.82,47.29", "3°49'12,47.29")],
        says: "stops.csv, row 2, column `lon`: expected a longitude in degrees, from -180 to 180, found `3°49'12` \
               [T015]\n\
               \x20 help: write a number alone",
        dit: "stops.csv, ligne 2, colonne « lon » : attendu une longitude en degrés, de -180 à 180, trouvé « \
              3°49'12 » [T015]\n\
              \x20 aide : écrivez un nombre seul",
    },
    Case {
        what: "two positions that differ",
        changes: &[Put("places.csv", "id,lon,lat,x,y,households\np1,3.80,47.28,700000,6600000,10\n")],
        says: "places.csv, row 2, column `lon`: expected the same position in degrees and in Lambert-93, 3 46.5, \
               found `3.80` and `47.28` [T029]\n\
               \x20 help: mend one of them, or leave it blank",
        dit: "places.csv, ligne 2, colonne « lon » : attendu la même position en degrés et en Lambert-93, 3 46.5, \
              trouvé « 3.80 » et « 47.28 » [T029]\n\
              \x20 aide : corrigez l'une, ou videz-la",
    },
    Case {
        what: "a depot in the sea",
        changes: &[Edit("depots.csv", "3.16,46.99", "-40,46.99")],
        says: "depots.csv, row 2: expected a depot within 300 km of a stop, found -40 46.99 [T042]\n\
               \x20 help: check the longitude and the latitude",
        dit: "depots.csv, ligne 2 : attendu un dépôt à moins de 300 km d'un arrêt, trouvé -40 46.99 [T042]\n\
              \x20 aide : vérifiez la longitude et la latitude",
    },
    Case {
        what: "a point far away",
        changes: &[Edit("places.csv", "3.80,47.28", "-4.48,48.39")],
        says: "warning: places.csv, row 2: expected a point within 300 km of a depot, found -4.48 48.39 [T042]\n\
               \x20 help: check the longitude and the latitude",
        dit: "attention : places.csv, ligne 2 : attendu un point à moins de 300 km d'un dépôt, trouvé -4.48 48.39 [T042]\n\
              \x20 aide : vérifiez la longitude et la latitude",
    },
];
