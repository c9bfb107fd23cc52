import type { ReactNode } from "react";
import { to } from "../platform/navigate.ts";
import { may } from "../session.ts";
import type { Me } from "../wire.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import type { Way } from "./missing.ts";
import { SignedInOnly } from "./signed-in-only.tsx";
import { Empty } from "./states.tsx";

/** Whose work a page is, and what everybody else can look at instead. */
const work = {
  "cases.handle": {
    words: "这一页给村干部和镇里的工作人员处理村民诉求用",
    way: { words: "看大家反映的事和办理进度", to: to("circle") },
  },
  "notices.desk": {
    words: "这一页给村委会、村监委和镇里的工作人员办公告用",
    way: { words: "看公告", to: to("notices") },
  },
  "circle.moderate": {
    words: "这一页给村书记和镇里的工作人员审核大家发的内容用",
    way: { words: "看大家说的事", to: to("circle") },
  },
  "appointments.manage": {
    words: "这一页给村里和办事大厅的工作人员用，看今天来办的人",
    way: { words: "看可以预约的", to: to("offers") },
  },
  "villagers.decide": {
    words: "这一页给村书记审核村民认证用",
    way: { words: "看我的认证", to: to("verify") },
  },
} as const satisfies Partial<Record<Me["may"][number], { words: string; way: Way }>>;

type Work = keyof typeof work;

/** What is only for those who do this work. Everybody else is told whose it is, and led on: asking again changes nothing. */
export function StaffOnly({ may: permission, children }: { may: Work; children: (me: Me) => ReactNode }) {
  const { words, way } = work[permission];
  return (
    <SignedInOnly>
      {(me) =>
        may(me, permission) ? (
          children(me)
        ) : (
          <Card>
            <Empty words={`${words}，您不用办。如果该由您来办，请找县里的管理员开通`} icon="lock">
              <Button kind="primary" to={way.to}>
                {way.words}
              </Button>
            </Empty>
          </Card>
        )
      }
    </SignedInOnly>
  );
}
