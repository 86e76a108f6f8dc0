"""Apache Spark, on this machine or on a cluster: a session with settled settings, Arrow in and out, Splink on top.

Needs the extra `spark` and Java 17 or newer. Without anything set, Spark runs within this machine and reaches no
network; FAIRLEAD_SPARK_MASTER names a cluster, and a program that is started by spark-submit uses its cluster.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pyarrow as pa

from fairlead.engine.spark_functions import register_functions
from fairlead.engine.spark_sql import on_spark
from fairlead.errors import OptionError

if TYPE_CHECKING:
    from splink import SparkAPI

#: The environment variable that names Spark's master, such as spark://host:7077 or yarn.
MASTER: Final = "FAIRLEAD_SPARK_MASTER"
#: Set by spark-submit for the program that it starts.
_SUBMITTED: Final = "PYSPARK_GATEWAY_PORT"
#: Names a Spark Connect server, through which nothing can be sent to every machine.
_CONNECT: Final = "SPARK_REMOTE"

#: Set for our own session, whoever has started Spark. Division by zero is as `spark_sql` expects it. Splink's SQL has
#: expressions of many thousand terms: to push a filter down would write them out again, and to make Java code of
#: whole stages of them gives functions that are too large to compile.
_SESSION: Final[Mapping[str, str]] = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.PushDownPredicates",
    "spark.sql.codegen.wholeStage": "false",
}
#: What Spark says while it starts and works is kept from the terminal, errors excepted.
_LOGGING: Final = Path(__file__).with_name("spark_log4j2.properties")

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Answer = TypeVar("Answer")


class SparkEngine:
    """A session of Spark; use it as `with spark_engine() as engine`."""

    name: Final = "spark"

    def __init__(self, session: Any) -> None:
        self._session = session

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known to SQL under this name."""
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def query(self, sql: str) -> pa.Table:
        """Run one SELECT, written as DuckDB spells it, and return its rows in the order that its ORDER BY says."""
        return self._session.sql(on_spark(sql)).toArrow()

    def spell(self, condition: str) -> str:
        """Return an SQL expression that is written for DuckDB as Spark spells it."""
        return on_spark(condition)

    def map_parts(
        self, work: Callable[[Shared, Part], Answer], shared: Shared, parts: Sequence[Part]
    ) -> Sequence[Answer]:
        """Return `work(shared, part)` for every part, in their order; `shared` is sent to every machine once."""
        if not parts:
            return []
        context = self._session.sparkContext
        everywhere = context.broadcast(shared)

        def worked(part: Part) -> Answer:
            return work(everywhere.value, part)

        try:
            return list(context.parallelize(list(parts), len(parts)).map(worked).collect())
        finally:
            everywhere.destroy()

    def splink_api(self) -> SparkAPI:
        """Return Splink's interface to this very session, without the functions that would give other numbers."""
        from splink import SparkAPI  # noqa: PLC0415  (needs Spark)

        return SparkAPI(spark_session=self._session, break_lineage_method="persist", register_udfs_automatically=False)


@contextmanager
def spark_engine() -> Iterator[SparkEngine]:
    """Open a session of Spark; what it writes goes to a temporary folder, removed at the end.

    A Spark that is running already is used in a session of its own and left running. Raises OptionError where
    Spark or Java is not installed, or Spark does not start.
    """
    _check_usable()
    from pyspark import SparkContext  # noqa: PLC0415  (an extra, which need not be installed)

    with tempfile.TemporaryDirectory(prefix="fairlead-", ignore_cleanup_errors=True) as folder:
        running = SparkContext._active_spark_context is not None
        session = _session(folder)
        try:
            own = session.newSession()
            for key, value in _SESSION.items():
                own.conf.set(key, value)
            register_functions(own)
            yield SparkEngine(own)
        finally:
            if not running:
                session.stop()


def _session(folder: str) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra, which need not be installed)

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers need what this Python has
    if MASTER not in os.environ:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("fairlead")
    for key, value in _settings(folder).items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # whatever Java or Spark has against it comes as one of many classes
        raise OptionError(
            f"Spark did not start: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
            do="Check that Java 17 or newer is installed and what FAIRLEAD_SPARK_MASTER says.",
        ) from error


def _settings(folder: str) -> Mapping[str, str]:
    """Return the settings of a Spark that is started here; on a cluster they are the cluster's."""
    if _SUBMITTED in os.environ:
        return {}
    everywhere = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if MASTER in os.environ:
        return {**everywhere, "spark.master": os.environ[MASTER]}
    cores = os.cpu_count() or 1
    return {
        **everywhere,
        "spark.master": f"local[{cores}]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.driver.maxResultSize": "0",
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.default.parallelism": str(2 * cores),
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
    }


def _check_usable() -> None:
    """Raise OptionError with what to do where Spark or Java is missing, or Spark is one that cannot be used."""
    if find_spec("pyspark") is None:
        raise OptionError(
            "The engine spark is not installed.", do="Install it with: pip install 'fairlead[spark]'; it needs Java 17."
        )
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise OptionError(
            "The engine spark needs Java, which is not there.",
            do="Install Java 17 or newer, on Debian and Ubuntu: apt install openjdk-17-jre-headless.",
        )
    if _CONNECT in os.environ:
        raise OptionError(
            f"The engine spark does not work through Spark Connect, which {_CONNECT} asks for.",
            do=f"Unset it, and name the master in {MASTER} or start Fairlead with spark-submit.",
        )
