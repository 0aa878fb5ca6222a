"use strict";
(() => {
  // Every word below comes from the JSON, and is written as text alone.
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const typed = (name, text) => element(name, text, { dir: "auto" });
  const fill = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, index) => values[index]);
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  // Theme: the system's, until the button is pressed.
  const theme = byId("theme");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const restyled = [];
  const wear = (isDark) => {
    root.dataset.theme = isDark ? "dark" : "light";
    theme.setAttribute("aria-pressed", String(isDark));
    for (const restyle of restyled) restyle();
  };
  wear(dark.matches);
  dark.addEventListener("change", (event) => wear(event.matches));
  theme.hidden = false;
  theme.addEventListener("click", () => wear(root.dataset.theme !== "dark"));

  // The map.
  byId("map-section").hidden = false;
  const map = L.map("map", { zoomAnimation: !still, fadeAnimation: !still, inertia: !still, zoomSnap: 0.5 });
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(data.credits);
  L.control.scale({ imperial: false }).addTo(map);
  for (const [side, label] of [["in", words.zoomIn], ["out", words.zoomOut]]) {
    const button = map.getContainer().querySelector(`.leaflet-control-zoom-${side}`);
    button.title = label;
    button.setAttribute("aria-label", label);
  }
  // The library's keys (arrows, + and −, Escape) work from what is on the map too, not from the map alone.
  map.getContainer().addEventListener("focusin", () => map.fire("focus"));
  map.getContainer().addEventListener("focusout", () => map.fire("blur"));
  map.on("popupopen", ({ popup }) => {
    if (popup._source) popup._source.closeTooltip();
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.title = words.close;
    close.setAttribute("aria-label", words.close);
  });
  // From the ground up; what lies above is what a click means.
  ["ground", "zones", "places", "tours", "stops"].forEach((name, index) => {
    map.createPane(name).style.zIndex = String(350 + 20 * index);
  });
  map.getPane("ground").style.pointerEvents = "none";
  const turned = (line) => line.map(([lon, lat]) => [lat, lon]);
  const layers = {};
  for (const name of ["roads", "before", "after", "places", "tours", "stops", "sites"]) layers[name] = L.layerGroup();

  // What is clickable is reached by the keyboard too.
  const operable = (layer, label) => {
    layer.on("add", () => {
      const drawn = layer.getElement && layer.getElement();
      if (!drawn) return;
      drawn.setAttribute("tabindex", "0");
      drawn.setAttribute("role", "button");
      drawn.setAttribute("aria-label", label);
      drawn.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        layer.openPopup();
        // Read aloud, and left again to where one was.
        const content = layer.getPopup().getElement().querySelector(".leaflet-popup-content");
        content.tabIndex = 0;
        content.focus({ preventScroll: true });
        layer.once("popupclose", () => drawn.focus({ preventScroll: true }));
      });
    });
    return layer;
  };
  const details = (heading, lines) => {
    const box = element("div");
    box.append(typed("h3", heading));
    for (const line of lines) if (line) box.append(typeof line === "string" ? typed("p", line) : line);
    return box;
  };
  const tip = (text) => typed("span", text);

  // With its edges a bubble fits the map of a phone too.
  const bubble = { autoPanPadding: [12, 12], maxWidth: Math.min(320, map.getSize().x - 64) };
  const roads = L.polyline(data.roads.map(turned), { pane: "ground", interactive: false, weight: 1.2, opacity: 0.8 }).addTo(layers.roads);
  restyled.push(() => roads.setStyle({ color: colour("road") }));
  for (const zone of data.zones) {
    const rings = zone.outline.map((polygon) => polygon.map(turned));
    const drawn = L.polygon(rings, { pane: "zones", weight: zone.everybody ? 2 : 1, fillOpacity: zone.everybody ? 0.35 : 0.08, dashArray: zone.phase === "before" ? "6 5" : null });
    drawn.bindTooltip(() => tip(zone.title), { sticky: true });
    drawn.bindPopup(() => details(zone.title, [zone.households, zone.names]), bubble);
    drawn.addTo(layers[zone.phase]);
    restyled.push(() => drawn.setStyle({ color: colour(zone.phase), fillColor: colour(zone.phase) }));
  }
  for (const place of data.places) {
    const drawn = L.circleMarker([place.lat, place.lon], { pane: "places", radius: place.radius, weight: 1, fillOpacity: place.share });
    drawn.bindTooltip(() => tip(place.name));
    drawn.bindPopup(() => details(place.name, place.lines), bubble);
    drawn.addTo(layers.places);
    restyled.push(() => drawn.setStyle({ color: colour("place"), fillColor: colour("place") }));
  }
  const pin = (at, kind, size) => {
    const icon = L.divIcon({ className: `pin ${kind}`, iconSize: [size, size] });
    const drawn = L.marker([at.lat, at.lon], { icon, keyboard: false, zIndexOffset: -200 });
    drawn.bindTooltip(() => tip(at.name));
    drawn.bindPopup(() => details(at.name, [at.what]), bubble);
    return operable(drawn, `${at.name}, ${at.what}`).addTo(layers.sites);
  };
  for (const site of data.sites) pin(site, "site", 16);
  for (const depot of data.depots) pin(depot, "depot", 18);

  // Tours that drive the same roads are drawn once, and show if one of them is chosen.
  const lines = new Map();
  for (const tour of data.tours) {
    const key = `${tour.way} ${tour.colour}`;
    if (!lines.has(key)) lines.set(key, { tours: [], way: data.ways[tour.way], colour: tour.colour });
    lines.get(key).tours.push(tour);
  }
  for (const line of lines.values()) {
    const way = turned(line.way);
    const casing = L.polyline(way, { pane: "tours", weight: 6, opacity: 0.75, interactive: false });
    const drawn = L.polyline(way, { pane: "tours", weight: 4, color: line.colour });
    restyled.push(() => casing.setStyle({ color: colour("casing") }));
    const title = () => line.shown[0].title;
    drawn.bindTooltip(() => tip(title()), { sticky: true });
    drawn.bindPopup(() => {
      const list = element("ul");
      for (const tour of line.shown) list.append(typed("li", tour.when));
      return details(title(), [line.shown[0].lines, list]);
    }, bubble);
    line.group = L.layerGroup([casing, drawn]);
    drawn.on("mouseover", () => {
      casing.setStyle({ weight: 11, opacity: 1 }).bringToFront();
      drawn.bringToFront();
    });
    drawn.on("mouseout", () => casing.setStyle({ weight: 6, opacity: 0.75 }));
    operable(drawn, line.tours[0].title);
  }

  const visitsOf = data.stops.map(() => []);
  for (const visit of data.visits) visitsOf[visit.stop].push(visit);
  const stops = data.stops.map((stop, index) => {
    const drawn = L.circleMarker([stop.lat, stop.lon], { pane: "stops", radius: stop.served ? 8 : 6, weight: 2.5, fillOpacity: 1 });
    const entry = { stop, drawn, shown: [] };
    drawn.bindTooltip(() => tip(stop.name));
    drawn.bindPopup(() => {
      const list = element("ul");
      for (const visit of entry.shown) list.append(typed("li", visit.when));
      return details(stop.name, [stop.rhythm, ...stop.lines, entry.shown.length ? list : undefined]);
    }, bubble);
    restyled.push(() => {
      const first = visitsOf[index][0];
      drawn.setStyle({
        color: colour("casing"),
        fillColor: first ? data.tours[first.tour].colour : colour("paper"),
        dashArray: stop.served ? null : "3 3",
      });
    });
    return entry;
  });
  stops.forEach((entry) => operable(entry.drawn, `${entry.stop.name}, ${entry.stop.rhythm}`));

  // Filters act on the map and on the table alike.
  const form = byId("filters");
  const rows = [...document.querySelectorAll("#timetable tbody tr")];
  const choice = (name) => form.elements[name].value;
  const isChosen = (tour) =>
    ["antenna", "weekday", "week", "date"].every((name) => !choice(name) || choice(name) === String(tour[name]));
  const show = (group, layer, isShown) => {
    if (isShown !== group.hasLayer(layer)) group[isShown ? "addLayer" : "removeLayer"](layer);
  };
  const filter = () => {
    const chosen = data.tours.map(isChosen);
    for (const line of lines.values()) {
      line.shown = line.tours.filter((tour) => isChosen(tour));
      show(layers.tours, line.group, line.shown.length > 0);
    }
    const isAll = chosen.every(Boolean);
    stops.forEach((entry, index) => {
      entry.shown = visitsOf[index].filter((visit) => chosen[visit.tour]);
      show(layers.stops, entry.drawn, entry.shown.length > 0 || (isAll && !entry.stop.served));
    });
    let count = 0;
    for (const row of rows) {
      row.hidden = !chosen[data.visits[Number(row.dataset.visit)].tour];
      count += Number(!row.hidden);
    }
    byId("count").textContent = fill(count === 1 ? words.oneVisit : words.visits, count, chosen.filter(Boolean).length);
  };
  form.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());

  // Layers.
  for (const box of document.querySelectorAll("#layers input")) {
    const apply = () => show(map, layers[box.value], box.checked);
    box.addEventListener("change", apply);
    map.whenReady(apply);
  }
  const bounds = L.latLngBounds([...data.stops, ...data.places, ...data.depots, ...data.sites].map((at) => [at.lat, at.lon]));
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.03), { animate: false });
  else map.setView([46.6, 2.5], 6);
  filter();
  for (const restyle of restyled) restyle();

  // Nothing is asked of the network before this button is pressed.
  const tiles = byId("tiles");
  let background;
  tiles.addEventListener("click", () => {
    background ??= L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { maxZoom: 19, attribution: words.tilesCredit });
    const isOn = !map.hasLayer(background);
    show(map, background, isOn);
    tiles.setAttribute("aria-pressed", String(isOn));
  });

  // From the tables to the map.
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-stop]");
    if (!button) return;
    const entry = stops[Number(button.dataset.stop)];
    if (!layers.stops.hasLayer(entry.drawn)) layers.stops.addLayer(entry.drawn);
    byId("map").scrollIntoView({ behavior: still ? "auto" : "smooth", block: "center" });
    map.setView(entry.drawn.getLatLng(), Math.max(map.getZoom(), 12), { animate: false });
    entry.drawn.openPopup();
    const drawn = entry.drawn.getElement();
    if (drawn) drawn.focus({ preventScroll: true });
  });

  // Sorting: a press on a heading, once more for the other direction.
  const order = new Intl.Collator(root.lang, { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const button = element("button", heading.textContent, { type: "button" });
      heading.dataset.heading = heading.textContent;
      heading.classList.add("sorts");
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const isUp = heading.getAttribute("aria-sort") !== "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
        const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
        const sorted = [...table.tBodies[0].rows].sort((a, b) => order.compare(key(a), key(b)) * (isUp ? 1 : -1));
        table.tBodies[0].append(...sorted);
      });
    });
  }

  // On paper the map has another shape: what was in sight stays in sight, as far as there is anything.
  let seen;
  const inSight = () => {
    const view = map.getBounds();
    if (!bounds.isValid() || !view.intersects(bounds)) return view;
    return L.latLngBounds(
      [Math.max(view.getSouth(), bounds.getSouth()), Math.max(view.getWest(), bounds.getWest())],
      [Math.min(view.getNorth(), bounds.getNorth()), Math.min(view.getEast(), bounds.getEast())],
    );
  };
  const refit = (isPaper) => {
    root.classList.toggle("printing", isPaper);
    map.invalidateSize({ animate: false });
    if (isPaper) map.fitBounds(seen.bounds, { animate: false });
    else map.setView(seen.centre, seen.zoom, { animate: false });
  };
  window.addEventListener("beforeprint", () => {
    seen = { bounds: inSight().pad(0.03), centre: map.getCenter(), zoom: map.getZoom() };
    refit(true);
  });
  window.addEventListener("afterprint", () => refit(false));
})();
