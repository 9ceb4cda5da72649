// The databases of the growth proof: the same members in a small and in a large one, without and with what others have beside them.
const SMALL = 20000;

/** small: as the bench has it. crowded: the same members, with authorizations and restrictions for others and a long trail. large: crowded, and many more members. */
function databasesFor(members) {
  return [
    { name: 'small', database: `scale_${SMALL}`, count: SMALL, isCrowded: false },
    { name: 'crowded', database: `scale_${SMALL}_crowded`, count: SMALL, isCrowded: true },
    { name: 'large', database: `scale_${members}_crowded`, count: members, isCrowded: true },
  ];
}
module.exports = { SMALL, databasesFor };
