import { type AlipayControl, startAlipay } from "./alipay.ts";
import { type HospitalControl, startHospital } from "./hospital/index.ts";
import type { Person } from "./people.ts";
import { type PhoneControl, startPhone, type TotpSecret } from "./phone.ts";
import { type PortalStarted, startPortal } from "./portal.ts";
import type { Started } from "./serve.ts";
import { type SmsControl, startSms } from "./sms.ts";
import { startWechat, type WechatControl } from "./wechat.ts";
import { startWechatWeb, type WechatWebControl } from "./wechat-web.ts";

export type AllOptions = {
  /** The systems take the ports from here on, in the order of `Sandbox`; 0 or nothing: any free ones. */
  portBase?: number;
  /** Take the codes of the vendors' developer tools, see WechatOptions. */
  lenient?: boolean;
  people?: readonly Person[];
  totp?: readonly TotpSecret[];
  /** Where the hospital keeps what it has promised; without it everything is forgotten at the end. */
  hospitalJournal?: string;
  /** The hospital's clock, epoch milliseconds; the real one when left out. */
  now?: () => number;
};

export type Sandbox = {
  wechat: Started<WechatControl>;
  wechatWeb: Started<WechatWebControl>;
  alipay: Started<AlipayControl>;
  sms: Started<SmsControl>;
  portal: PortalStarted;
  phone: Started<PhoneControl>;
  hospital: Started<HospitalControl>;
  /** Everything that points the real adapters here. */
  env: Record<string, string>;
  urls: Record<string, string>;
  close(): Promise<void>;
};

/** The whole outside world. */
export async function startAll(options: AllOptions = {}): Promise<Sandbox> {
  const { portBase = 0, lenient = false, people, totp, hospitalJournal, now } = options;
  const port = (offset: number) => (portBase > 0 ? portBase + offset : 0);
  const who = people ? { people } : {};
  const wechat = await startWechat({ port: port(0), lenient });
  const wechatWeb = await startWechatWeb({ port: port(1), ...who });
  const alipay = await startAlipay({ port: port(2), lenient, ...who });
  const sms = await startSms({ port: port(3) });
  const portal = await startPortal({ port: port(4) });
  const phone = await startPhone({
    port: port(5),
    messages: () => sms.control.messages(),
    notes: () => [...wechat.control.notes(), ...alipay.control.notes()],
    ...(totp ? { totp } : {}),
  });
  const hospital = await startHospital({
    port: port(6),
    ...(hospitalJournal ? { journal: hospitalJournal } : {}),
    ...(now ? { now } : {}),
  });
  const systems = { wechat, wechatWeb, alipay, sms, portal, phone, hospital };
  const list = Object.values(systems);
  const { rss, atom, json, home } = portal.urls;
  return {
    ...systems,
    env: Object.assign({}, ...list.map(({ env }) => env)) as Record<string, string>,
    urls: {
      ...Object.fromEntries(Object.entries(systems).map(([name, { url }]) => [name, url])),
      ...{ portal: home, portalRss: rss, portalAtom: atom, portalJson: json },
    },
    close: async () => void (await Promise.all(list.map((system) => system.close()))),
  };
}
