//! Headers, rows and references.

use super::Case;
use super::Change::{Edit, Put};

pub const CASES: &[Case] = &[
    Case {
        what: "a missing column",
        changes: &[Edit("stops.csv", "lat", "latt_itude_x")],
        says: "stops.csv, row 1, column `latt_itude_x`: expected a column of table `stops`, found `latt_itude_x` \
               [T008]\n\
               \x20 help: did you mean `latitude`?\n\
               stops.csv, row 1: expected a column `lat` (or `latitude`), found none [T007]\n\
               \x20 help: add it: WGS84 latitude in degrees (or `x` and `y`)",
        dit: "stops.csv, ligne 1, colonne « latt_itude_x » : attendu une colonne de la table `stops`, trouvé « \
              latt_itude_x » [T008]\n\
              \x20 aide : vouliez-vous dire « latitude » ?\n\
              stops.csv, ligne 1 : attendu une colonne `lat` (ou `latitude`), trouvé aucune [T007]\n\
              \x20 aide : ajoutez-la : Latitude WGS84 en degrés (ou `x` et `y`)",
    },
    Case {
        what: "an unknown column near a known one",
        changes: &[Edit("stops.csv", "households", "houseolds")],
        says: "stops.csv, row 1, column `houseolds`: expected a column of table `stops`, found `houseolds` [T008]\n\
               \x20 help: did you mean `households`?",
        dit: "stops.csv, ligne 1, colonne « houseolds » : attendu une colonne de la table `stops`, trouvé « \
              houseolds » [T008]\n\
              \x20 aide : vouliez-vous dire « households » ?",
    },
    Case {
        what: "an unknown column near nothing",
        changes: &[Edit("places.csv", "households", "households,xyzzy")],
        says: "places.csv, row 1, column `xyzzy`: expected a column of table `places`, found `xyzzy` [T008]\n\
               \x20 help: the columns are: id, name, insee, lon, lat, x, y, households, carless_share, \
               population, poverty_rate, median_income, department, epci, referred_to; a name that starts with # is not read",
        dit: "places.csv, ligne 1, colonne « xyzzy » : attendu une colonne de la table `places`, trouvé « xyzzy » \
              [T008]\n\
              \x20 aide : les colonnes sont : id, name, insee, lon, lat, x, y, households, carless_share, \
              population, poverty_rate, median_income, department, epci, referred_to ; un nom qui commence par # n'est pas lu",
    },
    Case {
        what: "a cell below no header",
        changes: &[Put("places.csv", "id,lon,lat,,households\np1,3.80,47.28,x,12.5\n")],
        says: "places.csv, row 2: expected a name above column 4, found `x` [T008]\n\
               \x20 help: name this column, or clear it",
        dit: "places.csv, ligne 2 : attendu un nom au-dessus de la colonne 4, trouvé « x » [T008]\n\
              \x20 aide : nommez cette colonne, ou videz-la",
    },
    Case {
        what: "a repeated column",
        changes: &[Edit("stops.csv", "households", "foyers,households")],
        says: "stops.csv, row 1, column `households`: expected one column `households`, found `foyers` then \
               `households` [T009]\n\
               \x20 help: remove or rename one of the two",
        dit: "stops.csv, ligne 1, colonne « households » : attendu une seule colonne `households`, trouvé « \
              foyers » puis « households » [T009]\n\
              \x20 aide : retirez ou renommez l'une des deux",
    },
    Case {
        what: "a row with too many cells",
        changes: &[Edit("stops.csv", "20,weekly", "20,weekly,,x")],
        says: "stops.csv, row 2: expected 6 cells, as the header has, found 8 cells [T010]\n\
               \x20 help: put the cell that contains the separator between quotes \", or name the extra column",
        dit: "stops.csv, ligne 2 : attendu 6 cellules, comme l'en-tête, trouvé 8 cellules [T010]\n\
              \x20 aide : mettez entre guillemets \" la cellule qui contient le séparateur, ou nommez la colonne \
              en trop",
    },
    Case {
        what: "an empty required cell",
        changes: &[Edit("stops.csv", "lormes,Lormes", "lormes,")],
        says: "stops.csv, row 2, column `name`: expected a text of at most 200 characters, found an empty cell \
               [T012]\n\
               \x20 help: fill it in: Name shown to people",
        dit: "stops.csv, ligne 2, colonne « name » : attendu un texte de 200 caractères au plus, trouvé une \
              cellule vide [T012]\n\
              \x20 aide : remplissez-la : Nom montré aux gens",
    },
    Case {
        what: "an empty id",
        changes: &[Edit("stops.csv", "lormes,Lormes", ",Lormes")],
        says: "stops.csv, row 2, column `id`: expected a short name, unique in the table, found an empty cell \
               [T012]\n\
               \x20 help: fill it in: Short name, unique in its table, that other tables cite",
        dit: "stops.csv, ligne 2, colonne « id » : attendu un nom court, unique dans la table, trouvé une cellule \
              vide [T012]\n\
              \x20 aide : remplissez-la : Nom court, unique dans la table, que les autres tables citent",
    },
    Case {
        what: "two stops with one id",
        changes: &[Edit("stops.csv", "corbigny,Corbigny", "lormes,Corbigny")],
        says: "stops.csv, row 3, column `id`: expected a short name, unique in the table, found `lormes`, taken at \
               row 2 already [T013]\n\
               \x20 help: give one of the two rows another id",
        dit: "stops.csv, ligne 3, colonne « id » : attendu un nom court, unique dans la table, trouvé « lormes », \
              déjà pris à la ligne 2 [T013]\n\
              \x20 aide : donnez un autre identifiant à l'une des deux lignes",
    },
    Case {
        what: "an unknown depot",
        changes: &[Edit("antennas.csv", "bus,nevers", "bus,neverz")],
        says: "antennas.csv, row 2, column `depot`: expected the `id` of a row of `depots`, found `neverz` [T014]\n\
               \x20 help: did you mean `nevers`?",
        dit: "antennas.csv, ligne 2, colonne « depot » : attendu l'`id` d'une ligne de `depots`, trouvé « neverz \
              » [T014]\n\
              \x20 aide : vouliez-vous dire « nevers » ?",
    },
    Case {
        what: "an unknown antenna in a list",
        changes: &[Put("stops.csv", "id,name,lon,lat,antennas\nlormes,Lormes,3.82,47.29,\"bus, minibus\"\n")],
        says: "stops.csv, row 2, column `antennas`: expected `id`s of `antennas`, separated by commas, found \
               `minibus` [T014]\n\
               \x20 help: add that row, or mend the name",
        dit: "stops.csv, ligne 2, colonne « antennas » : attendu des `id` de `antennas`, séparés par des \
              virgules, trouvé « minibus » [T014]\n\
              \x20 aide : ajoutez cette ligne, ou corrigez le nom",
    },
    Case {
        what: "an invisible character in a name",
        changes: &[Edit("stops.csv", "Lormes,", "Lor\u{7}mes,")],
        says: "stops.csv, row 2, column `name`: expected a text of at most 200 characters, found `Lor\\u{7}mes` \
               [T047]\n\
               \x20 help: shorten it, remove invisible characters",
        dit: "stops.csv, ligne 2, colonne « name » : attendu un texte de 200 caractères au plus, trouvé « \
              Lor\\u{7}mes » [T047]\n\
              \x20 aide : raccourcissez-le, retirez les caractères invisibles",
    },
];
