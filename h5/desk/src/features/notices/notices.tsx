import { useState } from "react";
import { flushSync } from "react-dom";
import { addressOf, go, usePlace } from "../../route.tsx";
import { NoticeList } from "./list.tsx";
import { NoticeScreen } from "./notice-screen.tsx";
import { VersionsScreen } from "./versions.tsx";

/** `/notices` · `/notices/new` · `/notices/ID` · `/notices/ID/versions` */
export default function NoticesPage() {
  const [, id, tab] = usePlace().path;
  // A new notice gets its id at the first save; the editor that is open stays open.
  const [born, setBorn] = useState<string | null>(null);
  if (id === undefined) return <NoticeList />;
  if (tab === "versions") return <VersionsScreen key={id} id={id} />;
  return (
    <NoticeScreen
      key={id === born ? "new" : id}
      id={id === "new" ? null : id}
      onBorn={(fresh) => {
        // Known before the address changes: otherwise the editor would start anew and forget what can be undone.
        flushSync(() => setBorn(fresh));
        go(addressOf(["notices", fresh]), true);
      }}
    />
  );
}
