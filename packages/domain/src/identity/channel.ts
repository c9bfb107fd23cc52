/** Where a call comes from. `desk` is the staff console on a big screen, `web` the H5 site. */
export const channels = ["weapp", "alipay", "web", "desk"] as const;
export type Channel = (typeof channels)[number];
