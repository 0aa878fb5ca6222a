//! Files and tables.

use super::Case;
use super::Change::{Edit, Put, Remove};

pub const CASES: &[Case] = &[
    Case {
        what: "no antenna at all",
        changes: &[Remove("antennas.csv")],
        says: "antennas.csv: expected a table `antennas` (or `antennes`), found no file of that name [T004]\n\
               \x20 help: add antennas.csv, .xlsx or .ods: Vehicles and their crews",
        dit: "antennas.csv : attendu une table `antennas` (ou `antennes`), trouvé aucun fichier de ce nom [T004]\n\
              \x20 aide : ajoutez antennas.csv, .xlsx ou .ods : Les véhicules et leurs équipes",
    },
    Case {
        what: "a table with headers alone",
        changes: &[Put("antennas.csv", "id,depot,capacity\n")],
        says: "antennas.csv, row 1: expected at least one row below the header, found a header alone [T006]\n\
               \x20 help: add a row",
        dit: "antennas.csv, ligne 1 : attendu au moins une ligne sous l'en-tête, trouvé un en-tête seul [T006]\n\
              \x20 aide : ajoutez une ligne",
    },
    Case {
        what: "an empty table",
        changes: &[Put("stops.csv", "")],
        says: "stops.csv: expected a header row, then one row an object, found an empty table [T005]\n\
               \x20 help: fill it in, or remove the file where the table is optional",
        dit: "stops.csv : attendu une ligne d'en-tête puis une ligne par objet, trouvé une table vide [T005]\n\
              \x20 aide : remplissez-la, ou retirez le fichier si la table est facultative",
    },
    Case {
        what: "a table of blank lines",
        changes: &[Put("stops.csv", "\n;;;\n\n")],
        says: "stops.csv: expected a header row, then one row an object, found an empty table [T005]\n\
               \x20 help: fill it in, or remove the file where the table is optional",
        dit: "stops.csv : attendu une ligne d'en-tête puis une ligne par objet, trouvé une table vide [T005]\n\
              \x20 aide : remplissez-la, ou retirez le fichier si la table est facultative",
    },
    Case {
        what: "a misnamed table",
        changes: &[Remove("antennas.csv"), Put("antenes.csv", "id,depot,capacity\nbus,nevers,60\n")],
        says: "warning: antenes.csv: expected the name of a table, found `antenes` [T041]\n\
               \x20 help: did you mean `antennes`?\n\
               antennas.csv: expected a table `antennas` (or `antennes`), found no file of that name [T004]\n\
               \x20 help: add antennas.csv, .xlsx or .ods: Vehicles and their crews",
        dit: "attention : antenes.csv : attendu le nom d'une table, trouvé « antenes » [T041]\n\
              \x20 aide : vouliez-vous dire « antennes » ?\n\
              antennas.csv : attendu une table `antennas` (ou `antennes`), trouvé aucun fichier de ce nom [T004]\n\
              \x20 aide : ajoutez antennas.csv, .xlsx ou .ods : Les véhicules et leurs équipes",
    },
    Case {
        what: "a table given twice",
        changes: &[Put("arrets.csv", "id,name,lon,lat,households\nlormes,Lormes,3.82,47.29,20\n")],
        says: "stops.csv: expected one file for this table, found arrets.csv, stops.csv [T003]\n\
               \x20 help: keep one, rename or remove the others",
        dit: "stops.csv : attendu un seul fichier pour cette table, trouvé arrets.csv, stops.csv [T003]\n\
              \x20 aide : gardez-en un, renommez ou retirez les autres",
    },
    Case {
        what: "no settings",
        changes: &[Remove("scenario.toml")],
        says: "scenario.toml: expected a file scenario.toml in the folder, found none [T004]\n\
               \x20 help: `tournee init FOLDER` writes one",
        dit: "scenario.toml : attendu un fichier scenario.toml dans le dossier, trouvé aucun [T004]\n\
              \x20 aide : `tournee init DOSSIER` en écrit un",
    },
    Case {
        what: "an old workbook",
        changes: &[Put("places.xls", "x"), Remove("places.csv")],
        says: "places.xls: expected a .csv, .xlsx or .ods file, found a .xls file [T002]\n\
               \x20 help: save it as .xlsx or .csv",
        dit: "places.xls : attendu un fichier .csv, .xlsx ou .ods, trouvé un fichier .xls [T002]\n\
              \x20 aide : enregistrez-le en .xlsx ou en .csv",
    },
    Case {
        what: "a workbook that is none",
        changes: &[Put("places.xlsx", "not a zip"), Remove("places.csv")],
        says: "places.xlsx: expected a readable .xlsx or .ods workbook without a password, found a file that is no \
               workbook, or cut short [T002]\n\
               \x20 help: open it in the spreadsheet and save it again",
        dit: "places.xlsx : attendu un classeur .xlsx ou .ods lisible, sans mot de passe, trouvé un fichier qui \
              n'est pas un classeur, ou coupé [T002]\n\
              \x20 aide : ouvrez-le dans le tableur et enregistrez-le de nouveau",
    },
    Case {
        what: "a workbook renamed to csv",
        changes: &[Put("stops.csv", "PK\u{3}\u{4}rest")],
        says: "stops.csv: expected a text file, found a zip (xlsx, ods) file [T001]\n\
               \x20 help: save the table as CSV UTF-8 from the spreadsheet",
        dit: "stops.csv : attendu un fichier texte, trouvé un fichier zip (xlsx, ods) [T001]\n\
              \x20 aide : enregistrez la table en CSV UTF-8 depuis le tableur",
    },
    Case {
        what: "a NUL byte",
        changes: &[Edit("stops.csv", "Lormes", "Lor\0mes")],
        says: "stops.csv, row 2: expected a text file, found a NUL byte [T001]\n\
               \x20 help: the file is damaged: save it again from the spreadsheet",
        dit: "stops.csv, ligne 2 : attendu un fichier texte, trouvé un octet nul [T001]\n\
              \x20 aide : le fichier est abîmé : enregistrez-le de nouveau depuis le tableur",
    },
    Case {
        what: "a quote that stays open",
        changes: &[Edit("stops.csv", "corbigny,Corbigny", "corbigny,\"Corbigny")],
        says: "stops.csv, row 3: expected a closing quote, found a quote that stays open to the end of the file \
               [T040]\n\
               \x20 help: close the quote \" of this line, or remove it",
        dit: "stops.csv, ligne 3 : attendu un guillemet fermant, trouvé un guillemet ouvert jusqu'à la fin du \
              fichier [T040]\n\
              \x20 aide : fermez le guillemet \" de cette ligne, ou retirez-le",
    },
];
