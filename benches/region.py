"""Scenarios of Bourgogne-Franche-Comté and of its Nièvre from public tables, for `coverage`, `candidates` and `frontier`.

    python3 benches/region.py ../shared/data out/region
    target/release/tournee coverage out/region/region

Places are all communes, their need is estimated from INSEE's Filosofi 2021. France services counters stand in for aid sites,
which `note` makes every output say. Depots are the prefectures. Stops are those of `candidates`, once it has run:

    target/release/tournee candidates out/region/region --count 200
    cp out/region/region/candidates/stops.csv out/region/region/
"""

import csv
import sys
from pathlib import Path

NOTE = "Essai : les maisons France services tiennent lieu de points d'aide"
DAYS = {"lundi": "Mo", "mardi": "Tu", "mercredi": "We", "jeudi": "Th", "vendredi": "Fr", "samedi": "Sa"}
PREFECTURES = {
    "nevers": (3.159, 46.9896), "dijon": (5.0415, 47.322), "besancon": (6.024, 47.2378), "auxerre": (3.5735, 47.7982),
    "macon": (4.8322, 46.3069), "vesoul": (6.1545, 47.6197), "lons": (5.551, 46.674), "belfort": (6.8628, 47.6397),
}


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mean(parts, column):
    """Of merged communes, weighted by households; blank where one is not known."""
    known = [(float(part[column]), float(part["NBPERSMENFISC21"] or 0) or 1) for part in parts if part[column]]
    if not known or len(known) < len(parts):
        return ""
    return repr(round(sum(value * weight for value, weight in known) / sum(weight for _, weight in known), 3))


def opens(counter):
    hours = [(day, counter["h_" + name].strip()) for name, day in DAYS.items()]
    return "; ".join(f"{day} {','.join(span.replace(' ', '') for span in typed.split('/'))}" for day, typed in hours if typed)


def write(path, header, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(header.split())
        table.writerows(lines)


def scenario(data, folder, title, departments, depots):
    folder.mkdir(parents=True, exist_ok=True)
    is_here = lambda code: departments is None or code in departments
    incomes = {}
    for row in rows(data / "filosofi-bfc/filosofi-2021-communes-bfc.csv"):
        incomes.setdefault(row["code_insee_2026"], []).append(row)
    (folder / "scenario.toml").write_text(
        f'title = "{title}"\nnote = "{NOTE}"\nstart = 2027-01-04\nweeks = 1\n[roads]\nsource = "sketch"\n'
        '[coverage]\nrule = "car-20min"\n[need]\nestimate = "poverty"\n', encoding="utf-8")
    write(folder / "depots.csv", "id lon lat", [(name, *PREFECTURES[name]) for name in depots])
    write(folder / "antennas.csv", "id depot capacity service_points preset",
          [(f"bus-{name}", name, 120, 2, "salarie") for name in depots])
    first = depots[0]
    write(folder / "stops.csv", "id name lon lat priority", [(first, first, *PREFECTURES[first], "optional")])
    communes = [row for row in rows(data / "communes-bfc/communes-bfc.csv") if is_here(row["code_departement"])]
    write(folder / "places.csv", "id name insee lon lat population poverty_rate median_income department epci", [
        (row["code_insee"], row["nom"], row["code_insee"], row["lon"], row["lat"], row["population_municipale"],
         mean(incomes.get(row["code_insee"], []), "TP6021"), mean(incomes.get(row["code_insee"], []), "MED21"),
         row["departement"], row["nom_epci"]) for row in communes])
    counters = [row for row in rows(data / "france-services-bfc/france-services-2024-bfc.csv") if is_here(row["insee_dep"])]
    write(folder / "aid_sites.csv", "id name lon lat network opens", [
        (row["id_fs"], row["lib_fs"], row["longitude"], row["latitude"], "France services", opens(row)) for row in counters])


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    scenario(source, target / "nievre", "Nièvre", {"58"}, ["nevers"])
    scenario(source, target / "region", "Bourgogne-Franche-Comté", None, list(PREFECTURES))
