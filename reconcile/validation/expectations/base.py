"""What the row expectations of this package share: a condition over named columns, and a sentence that describes it.

A condition is written once, over a pandas frame of the columns it reads; Great Expectations does the counting,
the listing of failing rows, and the Data Docs.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import (
    MulticolumnMapExpectation,
    render_suite_parameter_string,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer
from great_expectations.render.renderer_configuration import RendererConfiguration


class RowCondition(MulticolumnMapMetricProvider):
    """A yes-or-no question about each row; a subclass names itself and answers in `holds`."""

    condition_value_keys: tuple[str, ...] = ()

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        """Whether each row is as it should be: a Boolean series on the index of `rows`."""
        raise NotImplementedError

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list: pd.DataFrame, **kwargs: Any) -> pd.Series:  # noqa: N805
        parameters = {key: kwargs[key] for key in cls.condition_value_keys}
        return cls.holds(column_list, **parameters).fillna(False).astype(bool)


class RowExpectation(MulticolumnMapExpectation):
    """An expectation about each row, described by one sentence whose `$name`s are its parameters."""

    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "never"
    catch_exceptions: bool = True
    sentence: ClassVar[str] = ""

    @classmethod
    def _prescriptive_template(cls, renderer_configuration: RendererConfiguration) -> RendererConfiguration:
        renderer_configuration.template_str = _filled(cls.sentence, renderer_configuration.kwargs, cls)
        return renderer_configuration

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    @render_suite_parameter_string
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[RenderedStringTemplateContent]:
        if configuration is None and result is not None:
            configuration = result.expectation_config
        kwargs = {} if configuration is None else configuration.kwargs
        template = {"template": _filled(cls.sentence, kwargs, cls), "params": {}}
        return [RenderedStringTemplateContent(content_block_type="string_template", string_template=template)]


def _filled(sentence: str, kwargs: dict[str, Any], expectation: type[RowExpectation]) -> str:
    """The sentence with its parameters written out, longest names first so that `$low` does not eat `$lowest`."""
    names = sorted(expectation.__fields__, key=len, reverse=True)
    for name in names:
        given = kwargs.get(name, expectation.__fields__[name].default)
        written = ", ".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        sentence = sentence.replace(f"${name}", written)
    return sentence
