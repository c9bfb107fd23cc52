import type { Person } from "../world.ts";
import { demoRoster } from "./people.ts";
import { county, zhuxi } from "./places.ts";

const workdays = ["1", "2", "3", "4", "5", "makeUp"];
const morning = { days: workdays, from: 510, to: 690, onSite: 2 };
const afternoon = { days: workdays, from: 870, to: 1050, onSite: 2 };
const schedule = { closures: [], release: { days: 7, at: 420 }, cancelAt: 1020, open: true };
const hall = {
  ...{ region: county.code, sort: "hall" as const, address: "示例县清溪大道 1 号政务服务中心", phone: "0000-6660001" },
  ...schedule,
};

const windows = [
  {
    ...{ name: "医保业务", house: "县政务服务中心 2 楼 5 号窗口", bring: ["身份证", "社保卡"] },
    week: [morning, afternoon].map((part) => ({ ...part, minutes: 30, capacity: 8 })),
  },
  {
    ...{ name: "不动产登记", house: "县政务服务中心 3 楼 2 号窗口", bring: ["身份证", "户口簿", "房屋权属资料"] },
    week: [morning, afternoon].map((part) => ({ ...part, minutes: 60, capacity: 5 })),
  },
  {
    ...{ name: "户口业务", house: "县政务服务中心 1 楼 8 号窗口", bring: ["身份证", "户口簿"] },
    week: [morning].map((part) => ({ ...part, minutes: 30, capacity: 6 })),
  },
];

const visits = [
  {
    ...{ name: "上门办社保认证", house: "村里派人上门", bring: ["身份证"] },
    week: [{ ...afternoon, days: ["2", "4"], minutes: 60, capacity: 1, onSite: 0 }],
  },
  {
    ...{ name: "上门代办", house: "代办员上门取材料", bring: ["身份证", "要办的材料"] },
    week: [{ ...morning, days: ["1", "3", "5"], minutes: 60, capacity: 2, onSite: 0 }],
  },
];

/** A migrant acts for an old villager, who agreed on her own phone. */
export async function actForFamily(as: (phone: string) => Person): Promise<void> {
  const principal = demoRoster().find(({ name }) => name === "李白露");
  if (!principal) throw new Error("the roster has no such line");
  const [holder, elder] = [as("19900000003").api.mandates, as("19900000002").api.mandates];
  const { id } = await holder.ask.mutate({
    ...{ key: "demo-mandate-family0", kind: "family", relation: "parent", region: zhuxi.code, days: 365 },
    ...{ name: principal.name, idCard: principal.idCard, scopes: ["appointments"], told: true },
  });
  await elder.agree.mutate({ id });
}

/** What the service hall and the village can be asked for; everything fictional. */
export async function openOffers(as: (phone: string) => Person): Promise<void> {
  const [clerk, secretary] = [as("19900000022").api.appointments, as("19900000010").api.appointments];
  for (const [at, one] of windows.entries())
    await clerk.saveOffer.mutate({ key: `demo-offer-hall-${at}0000`, ...hall, ...one });
  for (const [at, one] of visits.entries())
    await secretary.saveOffer.mutate({
      ...{ key: `demo-offer-visit-${at}000`, region: zhuxi.code, sort: "visit" as const },
      ...{ address: "竹溪村", phone: "0000-6660002" },
      ...schedule,
      ...one,
    });
}
