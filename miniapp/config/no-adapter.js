/** Stands in for the axios adapters that this platform does not have. */
export default null;
export const getFetch = null;
