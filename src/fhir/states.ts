/** The two letters of the states, districts and territories by their names, as files of older generations write them. */
const BY_NAME: Readonly<Record<string, string>> = Object.freeze({
  ALABAMA: 'AL', ALASKA: 'AK', ARIZONA: 'AZ', ARKANSAS: 'AR', CALIFORNIA: 'CA', COLORADO: 'CO', CONNECTICUT: 'CT', DELAWARE: 'DE', 'DISTRICT OF COLUMBIA': 'DC', FLORIDA: 'FL', GEORGIA: 'GA',
  HAWAII: 'HI', IDAHO: 'ID', ILLINOIS: 'IL', INDIANA: 'IN', IOWA: 'IA', KANSAS: 'KS', KENTUCKY: 'KY', LOUISIANA: 'LA', MAINE: 'ME', MARYLAND: 'MD', MASSACHUSETTS: 'MA', MICHIGAN: 'MI',
  MINNESOTA: 'MN', MISSISSIPPI: 'MS', MISSOURI: 'MO', MONTANA: 'MT', NEBRASKA: 'NE', NEVADA: 'NV', 'NEW HAMPSHIRE': 'NH', 'NEW JERSEY': 'NJ', 'NEW MEXICO': 'NM', 'NEW YORK': 'NY',
  'NORTH CAROLINA': 'NC', 'NORTH DAKOTA': 'ND', OHIO: 'OH', OKLAHOMA: 'OK', OREGON: 'OR', PENNSYLVANIA: 'PA', 'RHODE ISLAND': 'RI', 'SOUTH CAROLINA': 'SC', 'SOUTH DAKOTA': 'SD',
  TENNESSEE: 'TN', TEXAS: 'TX', UTAH: 'UT', VERMONT: 'VT', VIRGINIA: 'VA', WASHINGTON: 'WA', 'WEST VIRGINIA': 'WV', WISCONSIN: 'WI', WYOMING: 'WY', 'PUERTO RICO': 'PR', GUAM: 'GU',
  'AMERICAN SAMOA': 'AS', 'VIRGIN ISLANDS': 'VI', 'U.S. VIRGIN ISLANDS': 'VI', 'NORTHERN MARIANA ISLANDS': 'MP', 'WASHINGTON, D.C.': 'DC', 'WASHINGTON DC': 'DC',
});

/** The state's two letters, upper-case: state law is decided by them. Null for what is no state. */
export function stateCode(state: string | null): string | null {
  if (!state) return null;
  const plain = state.trim().toUpperCase().replace(/^US-/, '').replace(/\s+/g, ' ');
  return BY_NAME[plain] ?? (/^[A-Z]{2}$/.test(plain) ? plain : null);
}
