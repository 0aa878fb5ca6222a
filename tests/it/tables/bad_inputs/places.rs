//! Places as analysts have them: grids, layers of a GIS, need that is estimated.

use super::Case;
use super::Change::{Edit, Put, Remove};

pub const CASES: &[Case] = &[
    Case {
        what: "need larger than the population",
        changes: &[Put("places.csv", "id,lon,lat,households,population\np1,3.80,47.28,120,90\n")],
        says: "places.csv, row 2, column `households`: expected at most as many households in need as inhabitants, 90, \
               found `120` [T038]\n\
               \x20 help: inhabitants instead of households, or another commune? Mend one of the two",
        dit: "places.csv, ligne 2, colonne « households » : attendu au plus autant de foyers dans le besoin que \
              d'habitants, 90, trouvé « 120 » [T038]\n\
              \x20 aide : des habitants au lieu de foyers, ou une autre commune ? Corrigez l'un des deux",
    },
    Case {
        what: "need that nothing gives and nothing estimates",
        changes: &[Put("places.csv", "id,lon,lat,population\np1,3.80,47.28,90\n")],
        says: "places.csv, row 1: expected a column `households` (or `foyers`), found none [T007]\n\
               \x20 help: add it: Households in need; an estimate may have decimals (to a thousandth)",
        dit: "places.csv, ligne 1 : attendu une colonne `households` (ou `foyers`), trouvé aucune [T007]\n\
              \x20 aide : ajoutez-la : Foyers dans le besoin ; une estimation peut avoir des décimales (au millième)",
    },
    Case {
        what: "need that can't be estimated everywhere",
        changes: &[
            Edit("scenario.toml", "weeks = 1", "weeks = 1\n[need]\nestimate = \"poverty\""),
            Put(
                "places.csv",
                "id,lon,lat,population,poverty_rate\np1,3.80,47.28,90,12.5\np2,3.81,47.28,40,s\np3,3.81,47.29,40,\n",
            ),
        ],
        says: "warning: places.csv: expected inhabitants, and a poverty rate or a median income, for each place, found \
               none for 2 places of 3, among them `p2` [T017]\n\
               \x20 help: their need is shown as unknown and does not count; give an estimate in `households`",
        dit: "attention : places.csv : attendu des habitants, et un taux de pauvreté ou un revenu médian, pour chaque \
              lieu, trouvé rien de tel pour 2 lieux sur 3, dont « p2 » [T017]\n\
              \x20 aide : leur besoin est montré comme inconnu et ne compte pas ; donnez une estimation dans \
              `households`",
    },
    Case {
        what: "poverty rates written both ways",
        changes: &[
            Edit("scenario.toml", "weeks = 1", "weeks = 1\n[need]\nestimate = \"poverty\""),
            Put(
                "places.csv",
                "id,lon,lat,population,poverty_rate\np1,3.80,47.28,90,0.125\np2,3.81,47.28,40,14\n",
            ),
        ],
        says: "places.csv, row 2, column `poverty_rate`: expected the whole column from 0 to 1, or the whole in per \
               cent, found `0.125`, and `14` at row 3 [T031]\n\
               \x20 help: write all shares the same way",
        dit: "places.csv, ligne 2, colonne « poverty_rate » : attendu toute la colonne de 0 à 1, ou toute en pour \
              cent, trouvé « 0.125 », et « 14 » à la ligne 3 [T031]\n\
              \x20 aide : écrivez toutes les parts de la même façon",
    },
    Case {
        what: "a grid in ETRS89-LAEA that does not say so",
        changes: &[Put("places.csv", "id,x,y,households\np1,3802700,2671500,10\n")],
        says: "places.csv, row 2, column `x`: expected a Lambert-93 easting in metres, from 0 to 1300000, found \
               `3802700` [T028]\n\
               \x20 help: this looks like ETRS89-LAEA (EPSG:3035): give the id of the grid cell, or convert to degrees",
        dit: "places.csv, ligne 2, colonne « x » : attendu une abscisse Lambert-93 en mètres, de 0 à 1300000, trouvé \
              « 3802700 » [T028]\n\
              \x20 aide : cela ressemble à de l'ETRS89-LAEA (EPSG:3035) : donnez l'identifiant du carreau, ou \
              convertissez en degrés",
    },
    Case {
        what: "ETRS89-LAEA metres as degrees",
        changes: &[Put("places.csv", "id,lon,lat,households\np1,3802700,2671500,10\n")],
        says: "places.csv, row 2, column `lon`: expected degrees, longitude and latitude, found `3802700` and \
               `2671500` [T028]\n\
               \x20 help: this looks like ETRS89-LAEA (EPSG:3035): give the id of the grid cell, or convert to degrees",
        dit: "places.csv, ligne 2, colonne « lon » : attendu des degrés, longitude puis latitude, trouvé « 3802700 » \
              et « 2671500 » [T028]\n\
              \x20 aide : cela ressemble à de l'ETRS89-LAEA (EPSG:3035) : donnez l'identifiant du carreau, ou \
              convertissez en degrés",
    },
    Case {
        what: "a grid cell of no known system",
        changes: &[Put("places.csv", "Idcar_200m,Men_pauv,Ind\nCRS4326RES200mN2671400E3802600,3,12.5\n")],
        says: "places.csv, row 2, column `Idcar_200m`: expected a grid cell such as \
               `CRS3035RES200mN2671400E3802600`, found `CRS4326RES200mN2671400E3802600` [T029]\n\
               \x20 help: keep INSEE's id (EPSG:3035 or 2154), or give lon and lat",
        dit: "places.csv, ligne 2, colonne « Idcar_200m » : attendu un carreau comme \
              `CRS3035RES200mN2671400E3802600`, trouvé « CRS4326RES200mN2671400E3802600 » [T029]\n\
              \x20 aide : gardez l'identifiant de l'INSEE (EPSG:3035 ou 2154), ou donnez lon et lat",
    },
    Case {
        what: "a layer that is no GeoJSON",
        changes: &[Remove("places.csv"), Put("places.geojson", "id,lon,lat\n")],
        says: "places.geojson: expected a GeoJSON feature collection, found something else [T048]\n\
               \x20 help: export the layer from your GIS as GeoJSON, EPSG:4326",
        dit: "places.geojson : attendu une collection d'éléments GeoJSON, trouvé autre chose [T048]\n\
              \x20 aide : exportez la couche de votre SIG en GeoJSON, EPSG:4326",
    },
    Case {
        what: "a layer that is no GeoPackage",
        changes: &[Remove("places.csv"), Put("places.gpkg", "id,lon,lat\n")],
        says: "places.gpkg: expected a GeoPackage of one layer, found a file of another format, or a damaged one [T051]\n\
               \x20 help: export that layer alone from your GIS, as GeoPackage or GeoJSON",
        dit: "places.gpkg : attendu un GeoPackage d'une seule couche, trouvé un fichier d'un autre format, ou abîmé \
              [T051]\n\
              \x20 aide : exportez cette couche seule de votre SIG, en GeoPackage ou en GeoJSON",
    },
    Case {
        what: "a place referred to a stop that does not exist",
        changes: &[Put("places.csv", "id,lon,lat,households,oriente_vers\np1,3.80,47.28,12.5,lorme\n")],
        says: "places.csv, row 2, column `oriente_vers`: expected the `id` of a row of `stops`, found `lorme` [T014]\n\
               \x20 help: did you mean `lormes`?",
        dit: "places.csv, ligne 2, colonne « oriente_vers » : attendu l'`id` d'une ligne de `stops`, trouvé « lorme » \
              [T014]\n\
              \x20 aide : vouliez-vous dire « lormes » ?",
    },
    Case {
        what: "a polygon that crosses itself, and a line",
        changes: &[
            Remove("places.csv"),
            Put(
                "places.geojson",
                r#"{"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"id":"a","households":3},"geometry":{"type":"Polygon",
                 "coordinates":[[[3.8,47.2],[3.9,47.3],[3.9,47.2],[3.8,47.3],[3.8,47.2]]]}},
                {"type":"Feature","properties":{"id":"b","households":3},"geometry":{"type":"LineString",
                 "coordinates":[[3.8,47.2],[3.9,47.3]]}}]}"#,
            ),
        ],
        says: "places.geojson, row 1: expected a valid polygon, found an outline that crosses or touches itself, or is \
               not closed [T049]\n\
               \x20 help: fix the geometries in your GIS\n\
               places.geojson, row 2: expected a point or a polygon, found another geometry, or none [T049]\n\
               \x20 help: take the centroid in your GIS, or remove the feature",
        dit: "places.geojson, ligne 1 : attendu un polygone valide, trouvé un contour qui se croise, se touche ou n'est \
              pas fermé [T049]\n\
              \x20 aide : réparez les géométries dans votre SIG\n\
              places.geojson, ligne 2 : attendu un point ou un polygone, trouvé une autre géométrie, ou aucune [T049]\n\
              \x20 aide : prenez le centroïde dans votre SIG, ou retirez l'élément",
    },
    Case {
        what: "a layer in Lambert-93 that does not say so",
        changes: &[
            Remove("places.csv"),
            Put(
                "places.geojson",
                r#"{"type":"FeatureCollection","features":[{"type":"Feature",
                "properties":{"id":"a","households":3},
                "geometry":{"type":"Point","coordinates":[761853,6688021]}}]}"#,
            ),
        ],
        says: "places.geojson, row 1: expected degrees, longitude and latitude, found 761853 6688021 [T028]\n\
               \x20 help: this is Lambert-93 that nothing announces: export the layer in EPSG:4326",
        dit: "places.geojson, ligne 1 : attendu des degrés, longitude puis latitude, trouvé 761853 6688021 [T028]\n\
              \x20 aide : c'est du Lambert-93 que rien n'annonce : exportez la couche en EPSG:4326",
    },
    Case {
        what: "a layer in a system that is not known",
        changes: &[
            Remove("places.csv"),
            Put(
                "places.geojson",
                r#"{"type":"FeatureCollection","crs":{"type":"name","properties":
                {"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]}"#,
            ),
        ],
        says: "places.geojson, column `crs`: expected EPSG:4326, 2154 or 3035, found `urn:ogc:def:crs:EPSG::3857` \
               [T028]\n\
               \x20 help: export the layer in EPSG:4326",
        dit: "places.geojson, colonne « crs » : attendu EPSG:4326, 2154 ou 3035, trouvé « \
              urn:ogc:def:crs:EPSG::3857 » [T028]\n\
              \x20 aide : exportez la couche en EPSG:4326",
    },
    Case {
        what: "thresholds that do not increase",
        changes: &[Edit("scenario.toml", "weeks = 1", "weeks = 1\n[coverage]\nthresholds = [20, 10]")],
        says: "scenario.toml, row 4, key `coverage.thresholds`: expected 1 to 8 increasing times, in whole minutes from \
               1 to 240, found `[20, 10]` [T045]\n\
               \x20 help: write for instance [10, 15, 20, 30]",
        dit: "scenario.toml, ligne 4, clé « coverage.thresholds » : attendu 1 à 8 durées croissantes, en minutes \
              entières de 1 à 240, trouvé « [20, 10] » [T045]\n\
              \x20 aide : écrivez par exemple [10, 15, 20, 30]",
    },
    Case {
        what: "a territory that contains no place",
        changes: &[Put(
            "territory.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon",
            "coordinates":[[[2.0,46.0],[2.1,46.0],[2.1,46.1],[2.0,46.0]]]}}]}"#,
        )],
        says: "territory.geojson: expected a territory that contains the places, found none of the 1 places inside \
               [T050]\n\
               \x20 help: check its coordinates (EPSG:4326)",
        dit: "territory.geojson : attendu un territoire qui contient les lieux, trouvé aucun des 1 lieux à l'intérieur \
              [T050]\n\
              \x20 aide : vérifiez ses coordonnées (EPSG:4326)",
    },
    Case {
        what: "a territory that is a point",
        changes: &[Put(
            "territory.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point",
            "coordinates":[3.8,47.28]}}]}"#,
        )],
        says: "territory.geojson, row 1: expected a polygon, found another geometry, or none [T049]\n\
               \x20 help: keep the polygons of the territory only",
        dit: "territory.geojson, ligne 1 : attendu un polygone, trouvé une autre géométrie, ou aucune [T049]\n\
              \x20 aide : gardez les seuls polygones du territoire",
    },
];
