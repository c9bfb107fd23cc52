import { Alert, App, Button } from "antd";
import { now, timeWords } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { addressOf, Go } from "../../route.tsx";
import { usePlaces } from "../../ui/region-choice.tsx";
import { ActTrouble, PageHead } from "../../ui/states.tsx";
import { AttachmentField } from "./attachments.tsx";
import { Conflict } from "./conflict.tsx";
import type { Notice } from "./draft.ts";
import { Fields } from "./fields.tsx";
import { History } from "./history.tsx";
import { Moves } from "./moves.tsx";
import { Preview } from "./preview.tsx";
import { RichText } from "./rich-text.tsx";
import { useWriting } from "./writing.ts";

export function Workbench({ notice, onBorn }: { notice: Notice | null; onBorn: (id: string) => void }) {
  const me = useMe();
  const { message } = App.useApp();
  const tops = myRegions(me, "notices.write");
  const places = usePlaces(tops);
  const writing = useWriting(notice, places.length === 1 ? (places[0]?.code ?? "") : "", onBorn);
  const { words, change } = writing;
  const place = places.find((one) => one.code === words.region)?.name ?? notice?.regionName ?? "";
  const save = async () => {
    if (await writing.save()) void message.success("已保存");
  };

  return (
    <div className="stack">
      <p>
        <Go className="back" to={addressOf(["notices"])}>
          ‹ 公告列表
        </Go>
      </p>
      <PageHead
        title={notice ? "修改公告" : "写公告"}
        hint="写好后先“保存草稿”，再“提交审核”。另外两位同事审核、发布以后，村民才看得到。"
      >
        <span className="hint" role="status">
          {writing.dirty ? "有改动还没保存" : notice ? "已保存" : ""}
        </span>
        <Button onClick={() => void save()} loading={writing.saving} disabled={!writing.dirty && notice !== null}>
          保存草稿
        </Button>
        {notice ? <Moves notice={notice} ready={writing.save} /> : null}
      </PageHead>
      {notice?.note ? <Alert type="warning" showIcon title={`退回意见：${notice.note}`} /> : null}
      {writing.restoredAt === null ? null : (
        <Alert
          type="info"
          showIcon
          title={`已恢复 ${timeWords(writing.restoredAt, now())} 没保存的改动`}
          action={<Button onClick={writing.discard}>放弃这些改动</Button>}
        />
      )}
      {writing.roomy ? null : (
        <Alert type="warning" showIcon title="这台电脑的浏览器存不下草稿，请写一会儿就保存一次" />
      )}
      {writing.problem ? <Alert type="error" showIcon role="alert" title={writing.problem} /> : null}
      <ActTrouble error={writing.error} />
      <div className="columns">
        <div className="stack">
          <Fields words={words} change={change} tops={tops} fixedRegion={notice !== null} />
          <RichText key={writing.loaded} body={words.body} onChange={(body) => change({ body })} />
          <AttachmentField files={words.attachments} onChange={(attachments) => change({ attachments })} />
          {notice ? <History notice={notice} /> : null}
        </div>
        <Preview shown={words} place={place} publishedAt={notice?.publishedAt ?? null} />
      </div>
      {writing.conflict ? (
        <Conflict
          mine={words}
          theirs={writing.conflict}
          saving={writing.saving}
          keepMine={() => void writing.keepMine()}
          takeTheirs={writing.takeTheirs}
          later={writing.later}
        />
      ) : null}
    </div>
  );
}
