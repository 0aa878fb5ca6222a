//! Times of day, lengths of time and opening hours.

use super::Case;
use super::Change::Put;

pub const CASES: &[Case] = &[
    Case {
        what: "a letter among the digits of a time",
        changes: &[Put("antennas.csv", "id,depot,capacity,shift_start\nbus,nevers,60,9h3O\n")],
        says: "antennas.csv, row 2, column `shift_start`: expected a time such as `09:30`, up to 47 h, found \
               `9h3O` [T018]\n\
               \x20 help: write hours and minutes: 09:30 or 9h30",
        dit: "antennas.csv, ligne 2, colonne « shift_start » : attendu une heure comme `09:30`, jusqu'à 47 h, \
              trouvé « 9h3O » [T018]\n\
              \x20 aide : écrivez les heures et les minutes : 09:30 ou 9h30",
    },
    Case {
        what: "a decimal time",
        changes: &[Put("antennas.csv", "id,depot,capacity,shift_start\nbus,nevers,60,9.5\n")],
        says: "antennas.csv, row 2, column `shift_start`: expected a time such as `09:30`, up to 47 h, found `9.5` \
               [T018]\n\
               \x20 help: write hours and minutes: 09:30 or 9h30",
        dit: "antennas.csv, ligne 2, colonne « shift_start » : attendu une heure comme `09:30`, jusqu'à 47 h, \
              trouvé « 9.5 » [T018]\n\
              \x20 aide : écrivez les heures et les minutes : 09:30 ou 9h30",
    },
    Case {
        what: "a shift that ends before it starts",
        changes: &[Put(
            "antennas.csv",
            "id,depot,capacity,shift_start,shift_end\nbus,nevers,60,17:00,08:00\n",
        )],
        says: "antennas.csv, row 2, column `shift_end`: expected a time after the start of the shift, 17:00, found \
               08:00 [T022]\n\
               \x20 help: put the end after the start; past midnight hours go on: 25:30",
        dit: "antennas.csv, ligne 2, colonne « shift_end » : attendu une heure après le début du service, 17:00, \
              trouvé 08:00 [T022]\n\
              \x20 aide : mettez la fin après le début ; après minuit les heures continuent : 25:30",
    },
    Case {
        what: "a length of time that may be hours or minutes",
        changes: &[Put("antennas.csv", "id,depot,capacity,max_duty\nbus,nevers,60,27\n")],
        says: "antennas.csv, row 2, column `max_duty`: expected a length of time such as `8h30`, from 00:30 to \
               24:00, found `27` [T018]\n\
               \x20 help: write 8h30, 8:30 or 510 min",
        dit: "antennas.csv, ligne 2, colonne « max_duty » : attendu une durée comme `8h30`, de 00:30 à 24:00, \
              trouvé « 27 » [T018]\n\
              \x20 aide : écrivez 8h30, 8:30 ou 510 min",
    },
    Case {
        what: "a break longer than its window",
        changes: &[Put(
            "antennas.csv",
            "id,depot,capacity,break_minutes,break_window\nbus,nevers,60,45,12:00-12:30\n",
        )],
        says: "antennas.csv, row 2, column `break_window`: expected a span of at least 45 minutes, the length of \
               the break, found 12:00-12:30 [T038]\n\
               \x20 help: widen the span or shorten the break",
        dit: "antennas.csv, ligne 2, colonne « break_window » : attendu une plage d'au moins 45 minutes, la durée \
              de la pause, trouvé 12:00-12:30 [T038]\n\
              \x20 aide : élargissez la plage ou raccourcissez la pause",
    },
    Case {
        what: "a break window without a break",
        changes: &[Put("antennas.csv", "id,depot,capacity,break_window\nbus,nevers,60,12:00-14:00\n")],
        says: "antennas.csv, row 2, column `break_minutes`: expected the length of the break, found an empty cell \
               [T038]\n\
               \x20 help: give `break_minutes`, or leave `break_after` and `break_window` blank",
        dit: "antennas.csv, ligne 2, colonne « break_minutes » : attendu la durée de la pause, trouvé une cellule \
              vide [T038]\n\
              \x20 aide : donnez `break_minutes`, ou videz `break_after` et `break_window`",
    },
    Case {
        what: "trips without reloading",
        changes: &[Put("antennas.csv", "id,depot,capacity,max_trips\nbus,nevers,60,2\n")],
        says: "antennas.csv, row 2, column `max_trips`: expected 1, as `reload_minutes` is blank, found 2 [T038]\n\
               \x20 help: give the time to load again",
        dit: "antennas.csv, ligne 2, colonne « max_trips » : attendu 1, puisque `reload_minutes` est vide, trouvé \
              2 [T038]\n\
              \x20 aide : donnez le temps de rechargement",
    },
    Case {
        what: "hours that are none",
        changes: &[Put("stops.csv", "id,name,lon,lat,opens\nlormes,Lormes,3.82,47.29,lun 9h3O-12h\n")],
        says: "stops.csv, row 2, column `opens`: expected opening hours such as `Mo,We 09:00-12:00`, found `lun \
               9h3O-12h` [T021]\n\
               \x20 help: write days and times: `mon wed 9h-12h` or `Mo,We 09:00-12:00`",
        dit: "stops.csv, ligne 2, colonne « opens » : attendu des horaires comme `Mo,We 09:00-12:00`, trouvé « \
              lun 9h3O-12h » [T021]\n\
              \x20 aide : écrivez des jours et des heures : `lun mer 9h-12h` ou `Mo,We 09:00-12:00`",
    },
    Case {
        what: "a window that closes before it opens",
        changes: &[Put("stops.csv", "id,name,lon,lat,opens\nlormes,Lormes,3.82,47.29,Mo 12:00-09:00\n")],
        says: "stops.csv, row 2, column `opens`: expected a closing time after the opening time, found `Mo \
               12:00-09:00` [T022]\n\
               \x20 help: put the opening before the closing; past midnight hours go on: 22:00-26:00",
        dit: "stops.csv, ligne 2, colonne « opens » : attendu une fermeture après l'ouverture, trouvé « Mo \
              12:00-09:00 » [T022]\n\
              \x20 aide : mettez l'ouverture avant la fermeture ; après minuit les heures continuent : 22:00-26:00",
    },
    Case {
        what: "spans that overlap",
        changes: &[Put(
            "stops.csv",
            "id,name,lon,lat,opens\nlormes,Lormes,3.82,47.29,\"Mo 09:00-12:00,11:00-14:00\"\n",
        )],
        says: "stops.csv, row 2, column `opens`: expected spans that do not overlap, found `Mo \
               09:00-12:00,11:00-14:00` [T021]\n\
               \x20 help: join them into one",
        dit: "stops.csv, ligne 2, colonne « opens » : attendu des plages qui ne se recouvrent pas, trouvé « Mo \
              09:00-12:00,11:00-14:00 » [T021]\n\
              \x20 aide : réunissez-les en une seule",
    },
    Case {
        what: "Tuesday or March",
        changes: &[Put("stops.csv", "id,name,lon,lat,opens\nlormes,Lormes,3.82,47.29,mar 9:00-12:00\n")],
        says: "stops.csv, row 2, column `opens`: expected opening hours such as `Mo,We 09:00-12:00`, found `mar \
               9:00-12:00` [T021]\n\
               \x20 help: `mar` is mardi or March: write `Tu` or `tuesday`",
        dit: "stops.csv, ligne 2, colonne « opens » : attendu des horaires comme `Mo,We 09:00-12:00`, trouvé « \
              mar 9:00-12:00 » [T021]\n\
              \x20 aide : `mar` est mardi ou mars : écrivez `Tu` ou `mardi`",
    },
    Case {
        what: "school holidays",
        changes: &[Put("stops.csv", "id,name,lon,lat,opens\nlormes,Lormes,3.82,47.29,SH off\n")],
        says: "stops.csv, row 2, column `opens`: expected opening hours such as `Mo,We 09:00-12:00`, found `SH \
               off` [T021]\n\
               \x20 help: give fixed times; school holidays belong in table `closures`",
        dit: "stops.csv, ligne 2, colonne « opens » : attendu des horaires comme `Mo,We 09:00-12:00`, trouvé « SH \
              off » [T021]\n\
              \x20 aide : donnez des heures fixes ; les vacances scolaires vont dans la table `closures`",
    },
    Case {
        what: "a shortest opening above the longest",
        changes: &[Put(
            "stops.csv",
            "id,name,lon,lat,min_minutes,max_minutes\nlormes,Lormes,3.82,47.29,90,60\n",
        )],
        says: "stops.csv, row 2, column `max_minutes`: expected at least 90 minutes, the shortest opening, found \
               60 [T038]\n\
               \x20 help: raise `max_minutes` or lower `min_minutes`",
        dit: "stops.csv, ligne 2, colonne « max_minutes » : attendu au moins 90 minutes, la plus courte \
              ouverture, trouvé 60 [T038]\n\
              \x20 aide : augmentez `max_minutes` ou réduisez `min_minutes`",
    },
    Case {
        what: "gaps the wrong way round",
        changes: &[Put(
            "stops.csv",
            "id,name,lon,lat,min_gap_days,max_gap_days\nlormes,Lormes,3.82,47.29,9,5\n",
        )],
        says: "stops.csv, row 2, column `max_gap_days`: expected at least 9, the least gap, found 5 [T038]\n\
               \x20 help: swap the two gaps",
        dit: "stops.csv, ligne 2, colonne « max_gap_days » : attendu au moins 9, le plus petit écart, trouvé 5 \
              [T038]\n\
              \x20 aide : échangez les deux écarts",
    },
    Case {
        what: "an opening of two days",
        changes: &[Put("stops.csv", "id,name,lon,lat,max_minutes\nlormes,Lormes,3.82,47.29,2880\n")],
        says: "stops.csv, row 2, column `max_minutes`: expected 1 to 1440 minutes, found `2880` [T016]\n\
               \x20 help: check the value and its unit",
        dit: "stops.csv, ligne 2, colonne « max_minutes » : attendu une durée de 1 à 1440 minutes, trouvé « 2880 \
              » [T016]\n\
              \x20 aide : vérifiez la valeur et son unité",
    },
];
