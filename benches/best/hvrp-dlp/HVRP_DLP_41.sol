Route #1 vehicle=1: 98 22 127
Route #2 vehicle=2: 33 101
Route #3 vehicle=3: 68 49 118 83 53 58 42 121 60 111
Route #4 vehicle=3: 69 87 72 8
Route #5 vehicle=3: 88 79 16 63 15 55
Route #6 vehicle=5: 12 7 129 43 34 108 65 13 24
Route #7 vehicle=5: 23 11 99 133 94 70 96 57 40 67
Route #8 vehicle=5: 25 36 27 82
Route #9 vehicle=5: 38 17 122 110 120 86 78 134 48 19 77 29
Route #10 vehicle=5: 44 95 131 104 39
Route #11 vehicle=5: 90 50 130 102 61 116 45 109 54 75 119 124
Route #12 vehicle=5: 113 64 91
Route #13 vehicle=5: 123 35 51 10 18
Route #14 vehicle=6: 14 3 56
Route #15 vehicle=6: 107 20 5 117 28 115 92
Route #16 vehicle=7: 80 81 93 1 89 105 71 52 114 112 26 66 32 47 30 4 59 132 125 76 128 106 97 85 37 100 73 6 84 41 2 62 74 103 46 31 9 126 21
Cost 7555.1167
