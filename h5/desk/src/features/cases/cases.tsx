import { usePlace } from "../../route.tsx";
import { CaseScreen } from "./case-screen.tsx";
import { CaseList } from "./list.tsx";

/** `/cases` · `/cases/ID` */
export default function CasesPage() {
  const [, id] = usePlace().path;
  return id === undefined ? <CaseList /> : <CaseScreen key={id} id={id} />;
}
