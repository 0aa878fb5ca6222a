//! What people do with the program, from their first plan to an interrupted one.

mod best_possible;
mod broken_plan;
mod command_line;
mod compare;
mod first_plan;
mod fix_my_spreadsheet;
mod guided;
mod interrupted;
mod left_out;
mod means_and_need;
mod real_roads;
mod see_white_zones;
mod shells;
mod terminal;
mod tutorial;
mod where_to_open;
