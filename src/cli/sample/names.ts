/** Invented words: nobody is called so, no place is called so. */
export const GIVEN_NAMES = Object.freeze([
  'Zorvel', 'Tamsyra', 'Quenlo', 'Brimae', 'Ostrik', 'Velunda', 'Jorpin', 'Maristelle', 'Drovan', 'Ellumi', 'Fenwicka', 'Grustav',
  'Hespira', 'Ixolde', 'Kalvorn', 'Lumira', 'Nembrik', 'Orphessa', 'Pelvaro', 'Rustabel', 'Sondrik', 'Thistra', 'Umbrelle', 'Wexlow',
]);
export const FAMILY_NAMES = Object.freeze([
  'Brindlequist', 'Okavander', 'Thornwhistle', 'Plumbergast', 'Quillfeather', 'Marrowgate', 'Sproutenby', 'Velvaxton', 'Dunderhook',
  'Fizzlewood', 'Glimmerstone', 'Harrowmint', 'Inkleby', 'Jabberlund', 'Kettlesworth', 'Lanternby', 'Mosswinder', 'Nettlebark',
  'Oxenquill', 'Pepperlatch', 'Rumblethorpe', 'Saddlewick', 'Tumbleford', 'Wobblecroft',
]);
export const STREETS = Object.freeze([
  'Quillow Lane', 'Bramblefax Road', 'Tinkermere Street', 'Ovenbird Terrace', 'Puddlewhistle Way', 'Crumblegate', 'Lanternfold Avenue', 'Mossbottle Close',
]);

/** Where the members live: real states, because state law is decided by them; invented towns; postal prefixes that no post office has. */
export const HOMES = Object.freeze([
  { state: 'CA', town: 'Merrowfen', postal: '909', area: '213' },
  { state: 'NY', town: 'Quibblebury', postal: '269', area: '212' },
  { state: 'TX', town: 'Dustwhistle', postal: '771', area: '512' },
  { state: 'OH', town: 'Thimbleford', postal: '428', area: '614' },
  { state: 'CA', town: 'Ambergrove Nook', postal: '929', area: '415' },
  { state: 'WA', town: 'Fogmitten', postal: '987', area: '206' },
  { state: 'IL', town: 'Prairiebobbin', postal: '621', area: '312' },
] as const);
export type Home = (typeof HOMES)[number];
