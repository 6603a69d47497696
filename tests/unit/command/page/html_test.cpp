// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// The HTML page: what it says, and that nothing in a result can become markup.

#include <gtest/gtest.h>

#include <regex>

#include "golden.h"
#include "page/escape.h"
#include "page/page.h"
#include "text/file.h"

namespace exitscope::command::page {
namespace {

result::Result golden_result() {
    return result::read_result(text::read_file(std::string{GOLDEN_FOLDER} + "/ept=1.json"), "ept=1.json");
}

bool has(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

std::size_t count(const std::string& page, const char* pattern) {
    const std::regex expression{pattern};
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator{page.begin(), page.end(), expression}, std::sregex_iterator{}));
}

TEST(Html, HasEachSectionWithAHeading) {
    const std::vector results{golden_result()};
    const auto page = page::html(results);
    for (const auto* const id : {"summary", "table", "charts", "heat", "provenance"}) {
        EXPECT_TRUE(has(page, std::string{"<a href=\"#"} + id + "\">")) << id;
        EXPECT_TRUE(
            has(page, std::string{"<section id=\""} + id + "\" aria-labelledby=\"" + id + "-title\">"))
            << id;
    }
    EXPECT_EQ(count(page, "<h1>"), 1U);
    EXPECT_TRUE(has(page, "<td><span class=\"count\">100</span> EPT_VIOLATION</td>"));
    EXPECT_TRUE(has(page, "<td class=\"h3\">100</td>"));
    EXPECT_TRUE(has(page, "<dt>kernel</dt><dd>" + results.front().host->kernel + "</dd>"));
}

TEST(Html, IsBalancedAndLoadsNothing) {
    const std::vector results{golden_result()};
    const auto page = page::html(results);
    for (const auto* const tag :
         {"table", "section", "article", "div", "tr", "td", "th", "details", "span", "dl"})
        EXPECT_EQ(count(page, (std::string{"<"} + tag + "[ >]").c_str()),
                  count(page, (std::string{"</"} + tag + ">").c_str()))
            << tag;
    EXPECT_EQ(count(page, "<(script|link|img|iframe|object|embed|base)[ >]"), 0U);
    EXPECT_EQ(count(page, "(https?:|url\\(|@import)"), 0U);
    EXPECT_EQ(page, page::html(results));
}

TEST(Html, EveryTableHasACaptionAndEveryHeadingCellAScope) {
    const std::vector results{golden_result()};
    const auto page = page::html(results);
    EXPECT_EQ(count(page, "<table"), count(page, "<caption>"));
    EXPECT_EQ(count(page, "<th[ >]"), count(page, "<th scope="));
}

TEST(Html, NothingOfAResultBecomesMarkup) {
    auto result = golden_result();
    const std::string hostile = "<script>alert(\"1\")</script>'&";
    result.setting = hostile;
    result.paging_by_counts = hostile;
    result.host->kernel = hostile;
    result.host->qemu = hostile;
    result.host->parameters["kvm"][hostile] = hostile;
    result.problems.push_back({model::Verdict::fail, hostile});
    result.workloads.front().name = hostile;
    result.workloads.front().group = hostile;
    result.workloads.front().message = hostile;
    result.workloads.front().window.reset();
    result.workloads.front().verdict = model::Verdict::skip;
    const std::vector results{result};
    const auto page = page::html(results);
    EXPECT_FALSE(has(page, "<script"));
    EXPECT_FALSE(has(page, "alert(\""));
    EXPECT_TRUE(has(page, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"));
}

TEST(Html, EscapesEachSpecialCharacterAndNoOther) {
    EXPECT_EQ(escaped("a<b>&\"'c\xc3\xa9"), "a&lt;b&gt;&amp;&quot;&#39;c\xc3\xa9");
    EXPECT_EQ(escaped(""), "");
}

TEST(Html, ColumnsAreToldApartByTheKernelIfItDiffers) {
    auto older = golden_result();
    auto newer = older;
    newer.setting = "ept=0";
    const std::vector same{older, newer};
    EXPECT_EQ(columns_of(same)[1].title, "ept=0");
    newer.setting = older.setting;
    newer.host->kernel = "6.12.1";
    const std::vector different{older, newer};
    EXPECT_EQ(columns_of(different)[1].title, "ept=1 on 6.12.1");
    newer.host.reset();
    const std::vector unknown{older, newer};
    EXPECT_EQ(columns_of(unknown)[1].title, "ept=1 on an unknown kernel");
    const std::vector twice{older, older};
    EXPECT_THROW((void)columns_of(twice), text::InputError);
}

TEST(Html, AResultWithoutARunIsAPageToo) {
    const std::vector results{result::Result{.setting = "npt=0", .verdict = model::Verdict::crash}};
    EXPECT_TRUE(has(page::html(results), "<p class=\"verdict\">CRASH</p>"));
}

}  // namespace
}  // namespace exitscope::command::page
