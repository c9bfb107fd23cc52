import { type Permission, permissions } from "@weimenhu/domain/permissions";
import { createContext, useContext } from "react";
import type { Out } from "../rpc.ts";

export type Me = NonNullable<Out<"account.me">["me"]>;
export const MeContext = createContext<Me | null>(null);

/** Who is signed in. Only pages inside the frame ask. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("no one is signed in");
  return me;
}

/** The tops of the subtrees where I hold a permission. */
export function myRegions(me: Pick<Me, "roles">, permission: Permission): string[] {
  const roles: readonly string[] = permissions[permission];
  return [...new Set(me.roles.filter((role) => roles.includes(role.role)).map((role) => role.region))];
}

export const callMe = (me: Me): string => me.staffName ?? me.name ?? me.phone ?? "我";
