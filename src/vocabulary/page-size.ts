/** The most that one page of a list holds: `first` is a whole number from 1 to this. Fixed by the interface: the node count relies on it. */
export const LARGEST_PAGE = 200;

export const isPageSize = (first: unknown): first is number => typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= LARGEST_PAGE;
