//! Indices into tables. One type a table, so that indexing one with another's id does not compile.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Position as an index.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).expect("tables are bounded far below 2^32 rows"))
            }
        }

        impl From<$name> for usize {
            fn from(id: $name) -> usize {
                id.0 as usize
            }
        }
    };
}

id! {
    /// A row of the depots table.
    DepotId
}
id! {
    /// A row of the antennas table.
    AntennaId
}
id! {
    /// A row of the stops table.
    StopId
}
id! {
    /// A row of the places table.
    PlaceId
}
id! {
    /// A row of the aid sites table.
    SiteId
}
id! {
    /// A customer of the optimisation problem: something that may be visited.
    ClientId
}
id! {
    /// A kind of vehicle of the optimisation problem.
    VehicleId
}
id! {
    /// One vehicle on one day (or a number of interchangeable ones).
    ShiftId
}
id! {
    /// A group of people of the optimisation problem that visited clients may cover.
    GroupId
}
